-- On a verified or published record, the action is called what it does: it requests a change.

update workflow_transition set action = 'request_change' where action = 'update' and change_request = 'opens';
