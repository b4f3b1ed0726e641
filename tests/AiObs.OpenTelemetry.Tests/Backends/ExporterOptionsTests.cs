using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

/// <summary>Wrong options fail the build of the provider, with a text that tells the remedy and no secret.</summary>
public sealed class ExporterOptionsTests
{
    private const string Secret = "sk-canary-7";

    public static TheoryData<string, Action<BackendExporterOptionsBase>> WrongForEveryBackend => new()
    {
        { "Endpoint is missing. Give the address of the backend, such as https://otlp.example.com.", o => o.Endpoint = null },
        { "Endpoint is no absolute http or https address. Give one such as http://localhost:4318.", o => o.Endpoint = new Uri(Secret, UriKind.Relative) },
        { "Endpoint is no absolute http or https address. Give one such as http://localhost:4318.", o => o.Endpoint = new Uri($"localhost:{Secret}") },
        { "Endpoint holds a user name or password, which would be logged. Send credentials in a header.", o => o.Endpoint = new Uri($"http://user:{Secret}@localhost") },
        { "BatchSize is 0. Give a number of spans from 1 up.", o => o.BatchSize = 0 },
        { "BatchDelay is 00:00:00. Give a time between a millisecond and a day.", o => o.BatchDelay = TimeSpan.Zero },
        { "Timeout is 1.00:00:01. Give a time between a millisecond and a day.", o => o.Timeout = new TimeSpan(1, 0, 0, 1) },
        { "QueueCapacity is 0. Give a number of spans that is at least 1 and at least the batch size.", o => o.QueueCapacity = 0 },
        { "QueueCapacity is 2. Give a number of spans that is at least 1 and at least the batch size.", o => (o.BatchSize, o.QueueCapacity) = (3, 2) },
        { "Headers:x y is no name of a request header. Use letters, digits and hyphens.", o => o.Headers["x y"] = Secret },
        { "Headers:content-type is no name of a request header. Use letters, digits and hyphens.", o => o.Headers["content-type"] = Secret },
        {
            "Headers:x-key has a value with a line break or another character that no header can carry. Look for stray characters at its ends.",
            o => o.Headers["x-key"] = $"{Secret}\n"
        },
    };

    [Theory]
    [MemberData(nameof(WrongForEveryBackend))]
    public void Build_WrongOption_FailsAndSaysHowToRight(string expected, Action<BackendExporterOptionsBase> configure)
    {
        var failures = FailuresOf(builder => builder.AddPhoenixExporter(options =>
        {
            options.ApiKey = Secret;
            configure(options);
        }));

        Assert.Equal([$"AgentObservability:Exporters:Phoenix:{expected}"], failures);
    }

    [Fact]
    public void Build_KeyWithLineBreak_FailsWithoutShowingIt() => Assert.Equal(
        ["AgentObservability:Exporters:Phoenix:Headers:authorization has a value with a line break or another character that no header can carry. Look for stray characters at its ends."],
        FailuresOf(builder => builder.AddPhoenixExporter(options => options.ApiKey = $"{Secret}\r\n")));

    [Fact]
    public void Build_LangfuseWithoutKeys_FailsAndNamesBothWaysToSetThem() => Assert.Equal(
        [
            "AgentObservability:Exporters:Langfuse:PublicKey is missing. Set it, or the environment variable LANGFUSE_PUBLIC_KEY, to the key from the settings of the Langfuse project.",
            "AgentObservability:Exporters:Langfuse:SecretKey is missing. Set it, or the environment variable LANGFUSE_SECRET_KEY, to the key from the settings of the Langfuse project.",
        ],
        FailuresOf(builder => builder.AddLangfuseExporter()));

    [Fact]
    public void Build_OtlpBackendWithoutAddress_Fails() => Assert.Equal(
        ["AgentObservability:Exporters:Collector:Endpoint is missing. Give the address of the backend, such as https://otlp.example.com."],
        FailuresOf(builder => builder.AddOtlpBackend(OtlpBackend.Generic, name: "Collector")));

    [Fact]
    public void Build_OtlpBackendWithUnknownProtocol_Fails() => Assert.Equal(
        ["AgentObservability:Exporters:OtlpBackend:Protocol has the unknown value 9. Use HttpProtobuf or Grpc."],
        FailuresOf(builder => builder.AddOtlpBackend(OtlpBackend.Generic, options =>
            (options.Endpoint, options.Protocol) = (new Uri("http://localhost"), (OtlpExportProtocol)9))));

    [Theory]
    [InlineData("PHOENIX_COLLECTOR_ENDPOINT", "http://")]
    [InlineData("PHOENIX_COLLECTOR_ENDPOINT", Secret)]
    public void Build_UnreadableAddressInEnvironment_Fails(string variable, string value) => Assert.Equal(
        ["AgentObservability:Exporters:Phoenix:Endpoint is no absolute http or https address. Give one such as http://localhost:4318."],
        FailuresOf(builder => builder.AddPhoenixExporter(), new() { [variable] = value }));

    [Fact]
    public void Build_ExporterOff_ValidatesNothing()
    {
        using var provider = Sdk.CreateTracerProviderBuilder().AddLangfuseExporter(options => options.Enabled = false).Build();

        Assert.NotNull(provider);
    }

    [Fact]
    public void Build_EverythingOff_ValidatesNothing()
    {
        using var provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddAgentObservability(options => options.Enabled = false))
            .AddLangfuseExporter()
            .Build();

        Assert.NotNull(provider);
    }

    [Fact]
    public void Add_NullBuilder_IsRefused() =>
        Assert.Throws<ArgumentNullException>("builder", () => ((TracerProviderBuilder)null!).AddPhoenixExporter());

    [Fact]
    public void Add_UnknownBackend_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>("backend", () => Sdk.CreateTracerProviderBuilder().AddOtlpBackend((OtlpBackend)99));

    private static IEnumerable<string> FailuresOf(
        Func<TracerProviderBuilder, TracerProviderBuilder> add, Dictionary<string, string?>? settings = null)
    {
        var builder = add(Sdk.CreateTracerProviderBuilder().ConfigureServices(services => Settings.AddTo(services, settings ?? [])));

        var exception = Assert.Throws<OptionsValidationException>(builder.Build);

        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
        return exception.Failures;
    }
}
