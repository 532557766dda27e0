#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "database/primary.h"

void primary_open(struct primary *primary)
{
	*primary = (struct primary){.generation = 1};
	pthread_mutex_init(&primary->lock, NULL);
}

void primary_close(struct primary *primary)
{
	pthread_mutex_destroy(&primary->lock);
}

unsigned primary_generation_of(struct primary *primary, const char *cluster, const char *timeline)
{
	pthread_mutex_lock(&primary->lock);
	bool same = !strcmp(cluster, primary->cluster);
	int later = strcmp(timeline, primary->timeline);

	if (!same || later > 0) {
		snprintf(primary->cluster, sizeof(primary->cluster), "%s", cluster);
		snprintf(primary->timeline, sizeof(primary->timeline), "%s", timeline);
		primary->generation++;
	}
	unsigned generation = same && later < 0 ? primary->generation - 1 : primary->generation;
	pthread_mutex_unlock(&primary->lock);
	return generation;
}
