package org.wso2.carbon.identity.organization.management.role.management.service;

/** Named by a component of the OAuth bundle, which cannot be loaded without it. */
public interface RoleManager {}
