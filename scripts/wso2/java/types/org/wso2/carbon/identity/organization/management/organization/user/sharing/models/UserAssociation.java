package org.wso2.carbon.identity.organization.management.organization.user.sharing.models;

/** Named by the OAuth bundle. */
public class UserAssociation {}
