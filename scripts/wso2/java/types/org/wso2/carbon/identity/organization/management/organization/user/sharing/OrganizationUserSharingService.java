package org.wso2.carbon.identity.organization.management.organization.user.sharing;

/** Named by a component of the OAuth bundle, which cannot be loaded without it. */
public interface OrganizationUserSharingService {}
