export { sampleSecret, valuesOf, type EnvironmentValues, type SampleEnvironment } from './environment-values';
export { sampleCompany } from './sample-company';
