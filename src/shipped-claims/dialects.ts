import type { Range } from './range';

/** A dialect that the product brings along: what its claims begin with, and which local claims they stand for. */
export interface ShippedDialect {
  readonly uri: string;
  readonly claimPrefix: string;
  readonly parts: readonly (Range & { readonly pairs: readonly Pair[] })[];
}

/** Rest of a claim URI after the prefix, and the name of the local claim. */
export type Pair = readonly [claim: string, local: string];

function pairs(text: string): Pair[] {
  return text
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const [claim = '', local = ''] = pair.split('=');
      return [claim, local];
    });
}

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const WSO2_SCHEMA = 'urn:scim:wso2:schema';

/** Of the enterprise schema until 7.1, which has them in a schema of the product's own. */
const MOVED = pairs(`
  askPassword=identity/askPassword verifyEmail=identity/verifyEmail
  pendingEmails.value=identity/emailaddress.pendingValue accountLocked=identity/accountLocked
  accountState=identity/accountState emailOTPDisabled=identity/emailotp_disabled
  emailVerified=identity/emailVerified failedEmailOTPAttempts=identity/failedEmailOtpAttempts
  failedLoginAttempts=identity/failedLoginAttempts
  failedLoginAttemptsBeforeSuccess=identity/failedLoginAttemptsBeforeSuccess
  failedLoginLockoutCount=identity/failedLoginLockoutCount
  failedPasswordRecoveryAttempts=identity/failedPasswordRecoveryAttempts
  failedSMSOTPAttempts=identity/failedSmsOtpAttempts failedTOTPAttempts=identity/failedTotpAttempts
  isLiteUser=identity/isLiteUser lastLoginTime=identity/lastLoginTime
  lastLogonTime=identity/lastLogonTime lastPasswordUpdateTime=identity/lastPasswordUpdateTime
  lockedReason=identity/lockedReason phoneVerified=identity/phoneVerified
  preferredChannel=identity/preferredChannel smsOTPDisabled=identity/smsotp_disabled
  tenantAdminAskPassword=identity/tenantAdminAskPassword unlockTime=identity/unlockTime
  accountDisabled=identity/accountDisabled dateOfBirth=dob isReadOnlyUser=identity/isReadOnlyUser
  pendingMobileNumber=identity/mobileNumber.pendingValue
  forcePasswordReset=identity/adminForcedPasswordReset oneTimePassword=oneTimePassword
  verifyMobile=identity/verifyMobile country=country userSourceId=identity/userSourceId
  totpEnabled=identity/totpEnabled backupCodeEnabled=identity/backupCodeEnabled
  failedBackupCodeAttempts=identity/failedBackupCodeAttempts
`);
const MOVED_SINCE_7_0 = pairs(`managedOrg=identity/managedOrg preferredMFAOption=identity/preferredMFAOption`);

/** The dialects beside the local one, by release; sources and order as for the local claims. */
export const DIALECTS: readonly ShippedDialect[] = [
  {
    uri: 'http://schemas.xmlsoap.org/ws/2005/05/identity',
    claimPrefix: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/',
    parts: [
      {
        pairs: pairs(`
          givenname=givenname nickname=nickname surname=lastname emailaddress=emailaddress
          dateofbirth=dob gender=gender country=country streetaddress=streetaddress
          homephone=phoneNumbers.home otherphone=otherphone mobile=mobile locality=locality
          stateorprovince=stateorprovince postalcode=postalcode privatepersonalidentifier=im
        `),
      },
    ],
  },
  {
    uri: 'http://schema.openid.net/2007/05/claims',
    claimPrefix: '',
    parts: [
      {
        pairs: pairs(`
          nickname=nickname fullname=fullname email=emailaddress country=country timezone=timeZone
          dob=dob postcode=postalcode gender=gender language=preferredLanguage
        `),
      },
    ],
  },
  {
    uri: 'http://axschema.org',
    claimPrefix: 'http://axschema.org/',
    parts: [
      {
        until: '7.0',
        pairs: pairs(`
          namePerson/first=givenname namePerson/last=lastname contact/email=emailaddress
          contact/country/home=country pref/timezone=timeZone birthDate=dob
          contact/postalCode/home=postalcode person/gender=gender pref/language=preferredLanguage
        `),
      },
    ],
  },
  {
    uri: 'urn:scim:schemas:core:1.0',
    claimPrefix: 'urn:scim:schemas:core:1.0:',
    parts: [
      {
        pairs: pairs(`
          id=userid externalId=externalid meta.created=created meta.lastModified=modified
          meta.location=location userName=username name.givenName=givenname name.familyName=lastname
          name.formatted=formattedName name.middleName=middleName
          name.honorificPrefix=honorificPrefix name.honorificSuffix=honorificSuffix
          displayName=displayName nickName=nickname profileUrl=url title=title userType=userType
          preferredLanguage=preferredLanguage locale=local timeZone=timeZone active=active
          emails=emailaddress emails.work=emails.work emails.home=emails.home
          emails.other=emails.other phoneNumbers=phoneNumbers phoneNumbers.mobile=mobile
          phoneNumbers.home=phoneNumbers.home phoneNumbers.work=phoneNumbers.work
          phoneNumbers.fax=phoneNumbers.fax phoneNumbers.pager=phoneNumbers.pager
          phoneNumbers.other=phoneNumbers.other ims=im ims.gtalk=gtalk ims.skype=skype photos=photos
          photos.photo=photourl photos.thumbnail=thumbnail addresses=addresses
          addresses.formatted=addresses.formatted addresses.streetAddress=streetaddress
          addresses.locality=addresses.locality addresses.region=region
          addresses.postalCode=postalcode addresses.country=country groups=groups
          entitlements=entitlements x509Certificates=x509Certificates
        `),
      },
      // 7.0 still serves it, though its local claim is gone (recorded). The files of later releases have it too; that
      // their servers serve it is not established.
      { until: '7.1', pairs: pairs('roles=role') },
    ],
  },
  {
    uri: 'http://wso2.org/oidc/claim',
    claimPrefix: '',
    parts: [
      {
        pairs: pairs(`
          username=username name=fullname given_name=givenname family_name=lastname
          middle_name=middleName nickname=nickname preferred_username=displayName profile=url
          picture=photourl website=websiteurl upn=userprincipal groups=groups roles=roles
          email=emailaddress email_verified=identity/emailVerified gender=gender birthdate=dob
          zoneinfo=timeZone locale=local phone_number=telephone
          phone_number_verified=identity/phoneVerified address=addresses updated_at=modified
          formatted=addresses.formatted street_address=streetaddress locality=locality region=region
          postal_code=postalcode country=country
        `),
      },
      {
        since: '7.0',
        pairs: pairs(`
          preferredMFAOption=identity/preferredMFAOption userid=userid
        `),
      },
    ],
  },
  {
    uri: 'urn:ietf:params:scim:schemas:core:2.0',
    claimPrefix: 'urn:ietf:params:scim:schemas:core:2.0:',
    parts: [
      {
        pairs: pairs(`
          id=userid externalId=externalid meta.created=created meta.lastModified=modified
          meta.location=location meta.resourceType=resourceType meta.version=metadata.version
        `),
      },
      {
        until: '7.1',
        pairs: pairs(`
          User:phoneNumbers.fax=phoneNumbers.fax User:phoneNumbers.pager=phoneNumbers.pager
        `),
      },
    ],
  },
  {
    uri: 'urn:ietf:params:scim:schemas:core:2.0:User',
    claimPrefix: 'urn:ietf:params:scim:schemas:core:2.0:User:',
    parts: [
      {
        pairs: pairs(`
          userName=username name.givenName=givenname name.familyName=lastname
          name.formatted=formattedName name.middleName=middleName
          name.honorificPrefix=honorificPrefix name.honorificSuffix=honorificSuffix
          displayName=displayName nickName=nickname profileUrl=url title=title userType=userType
          preferredLanguage=preferredLanguage locale=local timezone=timeZone active=active
          emails=emailaddress emails.work=emails.work emails.home=emails.home
          emails.other=emails.other phoneNumbers=phoneNumbers phoneNumbers.mobile=mobile
          phoneNumbers.home=phoneNumbers.home phoneNumbers.work=phoneNumbers.work
          phoneNumbers.other=phoneNumbers.other ims.gtalk=gtalk ims.skype=skype photos=photos
          photos.photo=photourl photos.thumbnail=thumbnail addresses=addresses
          addresses.home=addresses.locality addresses.work=region groups=groups
          entitlements.default=entitlements roles.default=roles
          x509Certificates.default=x509Certificates
        `),
      },
      {
        since: '7.1',
        pairs: pairs(`
          phoneNumbers.fax=phoneNumbers.fax phoneNumbers.pager=phoneNumbers.pager
        `),
      },
    ],
  },
  {
    uri: ENTERPRISE,
    claimPrefix: `${ENTERPRISE}:`,
    parts: [
      {
        pairs: pairs(`
          employeeNumber=extendedExternalId costCenter=costCenter organization=organization
          department=department division=stateorprovince manager.value=gender
          manager.$ref=extendedRef manager.displayName=extendedDisplayName
        `),
      },
      { until: '7.1', pairs: MOVED },
      { since: '7.0', until: '7.1', pairs: MOVED_SINCE_7_0 },
    ],
  },
  {
    uri: 'http://eidas.europa.eu/attributes/naturalperson',
    claimPrefix: 'http://eidas.europa.eu/attributes/naturalperson/',
    parts: [
      {
        until: '7.0',
        pairs: pairs(`
          PersonIdentifier=userid CurrentFamilyName=lastname CurrentGivenName=givenname
          DateOfBirth=dob BirthName=username PlaceOfBirth=country CurrentAddress=addresses
          Gender=gender
        `),
      },
    ],
  },
  {
    uri: 'http://eidas.europa.eu/attributes/legalperson',
    claimPrefix: 'http://eidas.europa.eu/attributes/legalperson/',
    parts: [
      {
        until: '7.0',
        pairs: pairs(`
          LegalPersonIdentifier=extendedExternalId LegalName=extendedDisplayName
          LegalPersonAddress=addresses VATRegistrationNumber=im TaxReference=postalcode
          D-2012-17-EUIdentifier=externalid LEI=extendedRef EORI=department SEED=nickname
          SIC=nickname
        `),
      },
    ],
  },
  {
    uri: 'urn:scim:wso2:agent:schema',
    claimPrefix: 'urn:scim:wso2:agent:schema:',
    parts: [
      {
        since: '7.2',
        pairs: pairs(`
          AIModel=agent/AIModel Description=agent/Description DisplayName=agent/Name
          Owner=agent/Owner URL=agent/URL
        `),
      },
    ],
  },
  {
    uri: WSO2_SCHEMA,
    claimPrefix: `${WSO2_SCHEMA}:`,
    parts: [
      { since: '7.1', pairs: MOVED },
      { since: '7.1', pairs: MOVED_SINCE_7_0 },
      {
        since: '7.1',
        pairs: pairs(`
          emailAddresses=emailAddresses mobileNumbers=mobileNumbers
          passwordExpiryTime=identity/passwordExpiryTime sharedType=identity/sharedType
          verifiedEmailAddresses=verifiedEmailAddresses verifiedMobileNumbers=verifiedMobileNumbers
        `),
      },
    ],
  },
];
