using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using AiObs.TestSupport.Otlp;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

public sealed class SecretsTests : ExporterTest
{
    private const string Secret = "sk-canary-11";

    /// <summary>What <c>sk-canary-11</c> is in base64 behind a multiple of three characters, as in <c>pk:</c>.</summary>
    private const string InBase64 = "c2stY2FuYXJ5LTEx";

    public static TheoryData<string> Names => [.. AllBackends.Names];

    public static TheoryData<string, string> Fields => new(
        from name in AllBackends.Names
        from property in AllBackends.OptionsOf(name).GetProperties()
        where property.CanWrite
        select (name, property.Name));

    [Theory]
    [InlineData(200)]
    [InlineData(401)]
    public async Task Export_EverythingTheSdkLogs_HoldsNoSecret(int status)
    {
        using var log = new SdkLog();
        Receiver.Respond = _ => new OtlpResponse(status);

        await ExportOneAsync(CreateBuilder()
            .AddPhoenixExporter(options =>
            {
                options.Endpoint = Receiver.Endpoint;
                options.ApiKey = Secret;
                options.Headers["x-api-key"] = Secret;
            })
            .AddLangfuseExporter(options => (options.Endpoint, options.PublicKey, options.SecretKey) = (Receiver.Endpoint, "pk", Secret)));

        Assert.Equal(2, Receiver.Requests.Count);
        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, line => line.Contains(Secret, StringComparison.Ordinal) || line.Contains(InBase64, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Export_RefusedByAnyBackend_LogsNoSecret(string name)
    {
        using var log = new SdkLog();
        Receiver.Respond = _ => new OtlpResponse(401);

        await ExportOneAsync(AllBackends.AddTo(CreateBuilder(), name, options =>
        {
            AllBackends.SetTexts(name, options, Secret);
            UseHttp(name, options);
            options.Headers["x-further"] = Secret;
            options.Endpoint = Receiver.Endpoint;
        }));

        Assert.Contains(Assert.Single(Receiver.Requests).Headers, header => header.Value.Contains(Secret, StringComparison.Ordinal));
        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, line => line.Contains(Secret, StringComparison.Ordinal) || line.Contains(InBase64, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Build_SecretInEveryField_FailsWithoutShowingIt(string name)
    {
        var builder = AllBackends.AddTo(CreateBuilder(), name, options =>
        {
            AllBackends.SetTexts(name, options, $"{Secret}\n");
            options.Headers["x-further"] = $"{Secret}\n";
            options.Endpoint = new Uri($"http://{Secret}:{Secret}@localhost");
        });

        var exception = Assert.Throws<OptionsValidationException>(builder.Build);

        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Build_SecretInOneFieldOfTheSection_IsNeverShown(string name, string field)
    {
        var builder = AllBackends.AddTo(CreateBuilder(new() { [$"AgentObservability:Exporters:{name}:{field}"] = Secret }), name);

        var exception = Record.Exception(() => builder.Build().Dispose());

        Assert.DoesNotContain(Secret, $"{exception}", StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_OfOptions_HoldsNoSecret() => Assert.All(AllBackends.OptionsTypes, type =>
    {
        var options = (BackendExporterOptionsBase)Activator.CreateInstance(type)!;
        AllBackends.SetTexts(name: "", options, Secret);

        Assert.Equal(type.FullName, options.ToString());
    });

    /// <summary>Makes options valid that are no text: the receiver speaks HTTP, and an instance is a number.</summary>
    private static void UseHttp(string name, BackendExporterOptionsBase options)
    {
        switch (name)
        {
            case "Aspire":
                ((OtlpBackendExporterOptions)options).Protocol = OtlpExportProtocol.HttpProtobuf;
                break;
            case "GrafanaCloud":
                ((OtlpBackendExporterOptions)options).InstanceId = "12345";
                break;
        }
    }

    /// <summary>Keeps everything that the SDK and its exporter tell about themselves, at the most talkative level.</summary>
    private sealed class SdkLog : EventListener
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name.StartsWith("OpenTelemetry-", StringComparison.Ordinal))
            {
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            _lines?.Enqueue($"{eventData.EventName} {eventData.Message} {string.Join(' ', eventData.Payload ?? (IReadOnlyCollection<object?>)[])}");
    }
}
