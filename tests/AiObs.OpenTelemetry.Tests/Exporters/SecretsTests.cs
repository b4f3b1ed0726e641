using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using AiObs.OpenTelemetry.Exporters.Langfuse;
using AiObs.TestSupport.Otlp;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Exporters;

public sealed class SecretsTests : ExporterTest
{
    private const string Secret = "sk-canary-11";

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
        Assert.DoesNotContain(log.Lines, line => line.Contains(Secret, StringComparison.Ordinal) || line.Contains("cGs6c2stY2FuYXJ5LTEx", StringComparison.Ordinal));
    }

    [Fact]
    public void ToString_OfOptions_HoldsNoSecret() =>
        Assert.Equal(typeof(LangfuseExporterOptions).FullName, new LangfuseExporterOptions { SecretKey = Secret }.ToString());

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
