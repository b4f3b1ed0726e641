using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Reflection;
using AiObs.OpenTelemetry.Backends;
using AiObs.Privacy;
using AiObs.TestSupport;
using AiObs.TestSupport.Otlp;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace AiObs.OpenTelemetry.Tests.Backends.Masking;

/// <summary>The SDK may keep requests on disk, as they were before they were masked, and send them again later.</summary>
[Collection(nameof(ProcessEnvironment))]
public sealed class DiskRetryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aiobs-retry-");

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task RetryFromDisk_RequestWithAMaskedSpan_DoesNotLeaveAndTheSdkLogsWhy()
    {
        await using var receiver = await OtlpReceiver.StartAsync(TestToken);
        receiver.Respond = _ => new OtlpResponse(503);
        using var log = new ExporterLog();
        using var environment = new EnvironmentScope(
            ("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "disk"), ("OTEL_DOTNET_EXPERIMENTAL_OTLP_DISK_RETRY_DIRECTORY_PATH", _folder.FullName));
        using var processor = ExporterProcessor.Create(new OtlpBackendExporterOptions { Endpoint = receiver.Endpoint }, BackendRules.Of(OtlpBackend.Generic));

        SendOne(processor);
        var kept = Assert.Single(_folder.GetFiles("*.blob", SearchOption.AllDirectories));
        Assert.Contains("secret", await File.ReadAllTextAsync(kept.FullName, TestToken), StringComparison.Ordinal);
        receiver.Respond = _ => OtlpResponse.Accepted;
        RetryNow(processor);

        Assert.Single(receiver.Requests);
        Assert.Empty(receiver.Spans);
        Assert.Contains(log.Lines, static line => line.Contains("what is to be masked in it is not known any more", StringComparison.Ordinal));
    }

    private static void SendOne(BaseProcessor<Activity> processor)
    {
        using var source = new ActivitySource($"retry-{Guid.NewGuid():N}");
        using var listener = new ActivityListener
        {
            ShouldListenTo = heard => heard == source,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var span = source.StartActivity("chat m")!;
        span.AddEvent(new ActivityEvent("message", tags: new() { ["body"] = "secret" }));
        span.Stop();
        var masks = new MaskedEvents();
        masks.Add(0, "body", "__REDACTED__");
        masks.PutOn(span);
        processor.OnEnd(span);
        processor.ForceFlush();
    }

    /// <summary>Has the SDK look at once for what it would look for a minute later.</summary>
    private static void RetryNow(BaseProcessor<Activity> processor)
    {
        var exporter = Read(processor, typeof(BaseExportProcessor<Activity>), "exporter");
        var handler = Read(exporter, typeof(OtlpTraceExporter), "transmissionHandler");
        var retry = handler.GetType().GetMethod("InitiateAndWaitForRetryProcess", BindingFlags.Instance | BindingFlags.NonPublic)!;

        Assert.Equal(true, retry.Invoke(handler, [HangGuard.Milliseconds]));
    }

    private static object Read(object owner, Type declaring, string field) =>
        declaring.GetField(field, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(owner)!;

    private sealed class ExporterLog : EventListener
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "OpenTelemetry-Exporter-OpenTelemetryProtocol")
            {
                EnableEvents(eventSource, EventLevel.Error);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            _lines?.Enqueue(string.Join(' ', eventData.Payload ?? (IReadOnlyCollection<object?>)[]));
    }
}
