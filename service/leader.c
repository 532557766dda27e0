#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "leader.h"

void leader_open(struct leader *leader)
{
	*leader = (struct leader){.reign = 1};
	pthread_mutex_init(&leader->lock, NULL);
}

void leader_close(struct leader *leader)
{
	pthread_mutex_destroy(&leader->lock);
}

unsigned leader_reign_of(struct leader *leader, const char *cluster, const char *timeline)
{
	pthread_mutex_lock(&leader->lock);
	bool same = !strcmp(cluster, leader->cluster);
	int later = strcmp(timeline, leader->timeline);

	if (!same || later > 0) {
		snprintf(leader->cluster, sizeof(leader->cluster), "%s", cluster);
		snprintf(leader->timeline, sizeof(leader->timeline), "%s", timeline);
		leader->reign++;
	}
	unsigned reign = same && later < 0 ? leader->reign - 1 : leader->reign;
	pthread_mutex_unlock(&leader->lock);
	return reign;
}
