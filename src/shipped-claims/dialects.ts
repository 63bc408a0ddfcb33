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
  accountDisabled=identity/accountDisabled accountLocked=identity/accountLocked
  accountState=identity/accountState askPassword=identity/askPassword
  backupCodeEnabled=identity/backupCodeEnabled country=country dateOfBirth=dob
  emailOTPDisabled=identity/emailotp_disabled emailVerified=identity/emailVerified
  failedBackupCodeAttempts=identity/failedBackupCodeAttempts
  failedEmailOTPAttempts=identity/failedEmailOtpAttempts
  failedLoginAttempts=identity/failedLoginAttempts
  failedLoginAttemptsBeforeSuccess=identity/failedLoginAttemptsBeforeSuccess
  failedLoginLockoutCount=identity/failedLoginLockoutCount
  failedPasswordRecoveryAttempts=identity/failedPasswordRecoveryAttempts
  failedSMSOTPAttempts=identity/failedSmsOtpAttempts failedTOTPAttempts=identity/failedTotpAttempts
  forcePasswordReset=identity/adminForcedPasswordReset isLiteUser=identity/isLiteUser
  isReadOnlyUser=identity/isReadOnlyUser lastLoginTime=identity/lastLoginTime
  lastLogonTime=identity/lastLogonTime lastPasswordUpdateTime=identity/lastPasswordUpdateTime
  lockedReason=identity/lockedReason oneTimePassword=oneTimePassword
  pendingEmails.value=identity/emailaddress.pendingValue
  pendingMobileNumber=identity/mobileNumber.pendingValue phoneVerified=identity/phoneVerified
  preferredChannel=identity/preferredChannel smsOTPDisabled=identity/smsotp_disabled
  tenantAdminAskPassword=identity/tenantAdminAskPassword totpEnabled=identity/totpEnabled
  unlockTime=identity/unlockTime userSourceId=identity/userSourceId verifyEmail=identity/verifyEmail
  verifyMobile=identity/verifyMobile
`);
const MOVED_SINCE_7_0 = pairs(`managedOrg=identity/managedOrg preferredMFAOption=identity/preferredMFAOption`);

/** The dialects beside the local one, by release; sources as for the local claims. */
export const DIALECTS: readonly ShippedDialect[] = [
  {
    uri: 'http://axschema.org',
    claimPrefix: 'http://axschema.org/',
    parts: [
      {
        until: '7.0',
        pairs: pairs(`
          birthDate=dob contact/country/home=country contact/email=emailaddress
          contact/postalCode/home=postalcode namePerson/first=givenname namePerson/last=lastname
          person/gender=gender pref/language=preferredLanguage pref/timezone=timeZone
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
          D-2012-17-EUIdentifier=externalid EORI=department LEI=extendedRef LegalName=extendedDisplayName
          LegalPersonAddress=addresses LegalPersonIdentifier=extendedExternalId SEED=nickname SIC=nickname
          TaxReference=postalcode VATRegistrationNumber=im
        `),
      },
    ],
  },
  {
    uri: 'http://eidas.europa.eu/attributes/naturalperson',
    claimPrefix: 'http://eidas.europa.eu/attributes/naturalperson/',
    parts: [
      {
        until: '7.0',
        pairs: pairs(`
          BirthName=username CurrentAddress=addresses CurrentFamilyName=lastname CurrentGivenName=givenname
          DateOfBirth=dob Gender=gender PersonIdentifier=userid PlaceOfBirth=country
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
          country=country dob=dob email=emailaddress fullname=fullname gender=gender language=preferredLanguage
          nickname=nickname postcode=postalcode timezone=timeZone
        `),
      },
    ],
  },
  {
    uri: 'http://schemas.xmlsoap.org/ws/2005/05/identity',
    claimPrefix: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/',
    parts: [
      {
        pairs: pairs(`
          country=country dateofbirth=dob emailaddress=emailaddress gender=gender givenname=givenname
          homephone=phoneNumbers.home locality=locality mobile=mobile nickname=nickname otherphone=otherphone
          postalcode=postalcode privatepersonalidentifier=im stateorprovince=stateorprovince
          streetaddress=streetaddress surname=lastname
        `),
      },
    ],
  },
  {
    uri: 'http://wso2.org/oidc/claim',
    claimPrefix: '',
    parts: [
      {
        pairs: pairs(`
          address=addresses birthdate=dob country=country email=emailaddress
          email_verified=identity/emailVerified family_name=lastname formatted=addresses.formatted gender=gender
          given_name=givenname groups=groups locale=local locality=locality middle_name=middleName name=fullname
          nickname=nickname phone_number=telephone phone_number_verified=identity/phoneVerified picture=photourl
          postal_code=postalcode preferred_username=displayName profile=url region=region roles=roles
          street_address=streetaddress updated_at=modified upn=userprincipal username=username
          website=websiteurl zoneinfo=timeZone
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
          externalId=externalid id=userid meta.created=created meta.lastModified=modified meta.location=location
          meta.resourceType=resourceType meta.version=metadata.version
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
          active=active addresses=addresses addresses.home=addresses.locality addresses.work=region
          displayName=displayName emails=emailaddress emails.home=emails.home emails.other=emails.other
          emails.work=emails.work entitlements.default=entitlements groups=groups ims.gtalk=gtalk
          ims.skype=skype locale=local name.familyName=lastname name.formatted=formattedName
          name.givenName=givenname name.honorificPrefix=honorificPrefix name.honorificSuffix=honorificSuffix
          name.middleName=middleName nickName=nickname phoneNumbers=phoneNumbers
          phoneNumbers.home=phoneNumbers.home phoneNumbers.mobile=mobile phoneNumbers.other=phoneNumbers.other
          phoneNumbers.work=phoneNumbers.work photos=photos photos.photo=photourl photos.thumbnail=thumbnail
          preferredLanguage=preferredLanguage profileUrl=url roles.default=roles timezone=timeZone title=title
          userName=username userType=userType x509Certificates.default=x509Certificates
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
          costCenter=costCenter department=department division=stateorprovince employeeNumber=extendedExternalId
          manager.$ref=extendedRef manager.displayName=extendedDisplayName manager.value=gender
          organization=organization
        `),
      },
      { until: '7.1', pairs: MOVED },
      { since: '7.0', until: '7.1', pairs: MOVED_SINCE_7_0 },
    ],
  },
  {
    uri: 'urn:scim:schemas:core:1.0',
    claimPrefix: 'urn:scim:schemas:core:1.0:',
    parts: [
      {
        pairs: pairs(`
          active=active addresses=addresses addresses.country=country addresses.formatted=addresses.formatted
          addresses.locality=addresses.locality addresses.postalCode=postalcode addresses.region=region
          addresses.streetAddress=streetaddress displayName=displayName emails=emailaddress
          emails.home=emails.home emails.other=emails.other emails.work=emails.work entitlements=entitlements
          externalId=externalid groups=groups id=userid ims=im ims.gtalk=gtalk ims.skype=skype locale=local
          meta.created=created meta.lastModified=modified meta.location=location name.familyName=lastname
          name.formatted=formattedName name.givenName=givenname name.honorificPrefix=honorificPrefix
          name.honorificSuffix=honorificSuffix name.middleName=middleName nickName=nickname
          phoneNumbers=phoneNumbers phoneNumbers.fax=phoneNumbers.fax phoneNumbers.home=phoneNumbers.home
          phoneNumbers.mobile=mobile phoneNumbers.other=phoneNumbers.other phoneNumbers.pager=phoneNumbers.pager
          phoneNumbers.work=phoneNumbers.work photos=photos photos.photo=photourl photos.thumbnail=thumbnail
          preferredLanguage=preferredLanguage profileUrl=url roles=role timeZone=timeZone title=title
          userName=username userType=userType x509Certificates=x509Certificates
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
          AIModel=agent/AIModel Description=agent/Description DisplayName=agent/Name Owner=agent/Owner
          URL=agent/URL
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
