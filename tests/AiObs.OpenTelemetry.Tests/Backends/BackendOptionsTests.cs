using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

/// <summary>What each backend in particular needs is asked for, in words that tell how to set it.</summary>
public sealed class BackendOptionsTests
{
    private const string Secret = "sk-Canary-12";

    public static TheoryData<string, string[]> WithoutAnything => new()
    {
        { "LangSmith", ["ApiKey is missing. Set it, or the environment variable LANGSMITH_API_KEY, to an API key from the settings of LangSmith."] },
        { "Honeycomb", ["ApiKey is missing. Set it, or the environment variable HONEYCOMB_API_KEY, to an ingest key of the Honeycomb environment."] },
        { "Datadog", ["ApiKey is missing. Set it, or the environment variable DD_API_KEY, to an API key from the settings of the Datadog organization."] },
        {
            "GrafanaCloud",
            [
                "Zone is missing or no zone. Set it, or the environment variable GRAFANA_CLOUD_ZONE, to one such as prod-eu-west-2, or set Endpoint.",
                "InstanceId is missing. Set it, or the environment variable GRAFANA_CLOUD_INSTANCE_ID, to the id of the stack's OTLP instance.",
                "ApiKey is missing. Set it, or the environment variable GRAFANA_CLOUD_API_KEY, to a token with the scope traces:write.",
            ]
        },
        { "NewRelic", ["ApiKey is missing. Set it, or the environment variable NEW_RELIC_LICENSE_KEY, to a license key of the New Relic account."] },
        {
            "Dynatrace",
            [
                "EnvironmentId is missing or no id of an environment. Give one such as abc12345, or set Endpoint.",
                "ApiKey is missing. Set it, or the environment variable DT_API_TOKEN, to a token with the scope openTelemetryTrace.ingest; or set PlatformToken or DT_PLATFORM_TOKEN.",
            ]
        },
    };

    public static TheoryData<string, Action<OtlpBackendExporterOptions>, string> WrongInOne => new()
    {
        { "LangSmith", o => o.Region = (BackendRegion)9, "Region has the unknown value 9. Use Us, Eu, Apac or AwsUs." },
        { "Honeycomb", o => o.Region = (BackendRegion)9, "Region has the unknown value 9. Use Us or Eu." },
        { "NewRelic", o => o.Region = (BackendRegion)9, "Region has the unknown value 9. Use Us, Eu or FedRamp." },
        { "Honeycomb", o => o.Region = BackendRegion.Apac, "Region has the unknown value Apac. Use Us or Eu." },
        { "Honeycomb", o => o.Site = Secret, "Site is no option of Honeycomb. Remove it; docs/backends/honeycomb.md has those there are." },
        { "Datadog", o => o.Region = BackendRegion.Eu, "Region is no option of Datadog. Remove it; docs/backends/datadog.md has those there are." },
        { "LangSmith", o => o.Protocol = OtlpExportProtocol.Grpc, "Protocol is no option of LangSmith. Remove it; docs/backends/langsmith.md has those there are." },
        { "Datadog", o => o.Site = Secret, "Site is no Datadog site. Give one such as datadoghq.eu, or the environment variable DD_SITE." },
        { "Datadog", o => o.Site = "eu", "Site is no Datadog site. Give one such as datadoghq.eu, or the environment variable DD_SITE." },
        { "GrafanaCloud", o => o.InstanceId = Secret, "InstanceId is no number. Give the id that stands beside the OTLP endpoint of the stack." },
        {
            "GrafanaCloud",
            o => o.Zone = "a.example/?",
            "Zone is missing or no zone. Set it, or the environment variable GRAFANA_CLOUD_ZONE, to one such as prod-eu-west-2, or set Endpoint."
        },
        {
            "Dynatrace",
            o => o.EnvironmentId = "dt0c01." + Secret,
            "EnvironmentId is missing or no id of an environment. Give one such as abc12345, or set Endpoint."
        },
    };

    [Theory]
    [MemberData(nameof(WithoutAnything))]
    public void Build_NothingSet_AsksForWhatTheBackendNeeds(string name, string[] expected) =>
        Assert.Equal(expected.Select(problem => $"AgentObservability:Exporters:{name}:{problem}"), FailuresOf(name, _ => { }));

    [Theory]
    [MemberData(nameof(WrongInOne))]
    public void Build_OneOptionWrong_SaysWhichAndHowToRight(string name, Action<OtlpBackendExporterOptions> configure, string expected) => Assert.Equal(
        [$"AgentObservability:Exporters:{name}:{expected}"],
        FailuresOf(name, options =>
        {
            AllBackends.SetTexts(name, options, "1");
            if (name == "Datadog")
            {
                ((OtlpBackendExporterOptions)options).Site = "datadoghq.com";
            }

            configure((OtlpBackendExporterOptions)options);
        }));

    [Fact]
    public void Build_ProtocolThatTheExporterLacks_Fails() => Assert.Equal(
        ["AgentObservability:Exporters:Aspire:Protocol has the unknown value 255. Use HttpProtobuf or Grpc."],
        FailuresOf("Aspire", _ => { }, new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost", ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/json" }));

    [Theory]
    [InlineData("LANGSMITH_ENDPOINT", "LangSmith")]
    [InlineData("HONEYCOMB_API_ENDPOINT", "Honeycomb")]
    [InlineData("DT_ENDPOINT", "Dynatrace")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "Aspire")]
    [InlineData("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "Aspire")]
    public void Build_UnreadableAddressInEnvironment_Fails(string variable, string name) => Assert.Contains(
        $"AgentObservability:Exporters:{name}:Endpoint is no absolute http or https address. Give one such as http://localhost:4318.",
        FailuresOf(name, _ => { }, new() { [variable] = Secret }));

    [Fact]
    public void Build_ValueThatCannotBeRead_NamesTheKeyAndNotTheValue() => Assert.Equal(
        ["AgentObservability:Exporters:LangSmith:Region has a value that cannot be read. Give a number, a time such as 00:00:05, true or false, or a name that the option knows."],
        FailuresOf("LangSmith", _ => { }, new() { ["AgentObservability:Exporters:LangSmith:Region"] = Secret }));

    private static IEnumerable<string> FailuresOf(
        string name, Action<BackendExporterOptionsBase> configure, Dictionary<string, string?>? settings = null)
    {
        var builder = Sdk.CreateTracerProviderBuilder().ConfigureServices(services => Settings.AddTo(services, settings ?? []));

        var exception = Assert.Throws<OptionsValidationException>(AllBackends.AddTo(builder, name, configure).Build);

        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
        return exception.Failures;
    }
}
