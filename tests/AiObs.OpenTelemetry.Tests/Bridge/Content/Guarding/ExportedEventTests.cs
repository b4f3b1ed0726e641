using System.Diagnostics;
using AiObs.OpenTelemetry.Bridge.Content;
using AiObs.TestSupport;
using AiObs.TestSupport.Otlp;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Guarding;

/// <summary>What exporters see of events that were overwritten in place before they heard of the span.</summary>
public sealed class ExportedEventTests : IDisposable
{
    private readonly ActivitySource _source = new($"events-{Guid.NewGuid():N}");
    private readonly AgentObservability _root = AgentObservability.Create(builder => builder.Configure(options =>
    {
        options.CaptureContent = ContentCapture.Spans;
        options.Privacy.HideInputText = true;
    }));

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _source.Dispose();
        _root.Dispose();
    }

    [Fact]
    public async Task Apply_OtlpExporter_SendsWhatWasWrittenInPlace()
    {
        await using var receiver = await OtlpReceiver.StartAsync(TestToken);
        using (Build(builder => builder.AddOtlpExporter(options =>
        {
            options.Endpoint = new Uri(receiver.Endpoint, "v1/traces");
            options.Protocol = OtlpExportProtocol.HttpProtobuf;
            options.ExportProcessorType = ExportProcessorType.Simple;
        })))
        {
            Emit();
        }

        var item = Assert.Single(Assert.Single(receiver.Spans).Events);
        Assert.Equal("gen_ai.user.message", item.Name);
        SpanAssert.Attributes(
            new() { ["gen_ai.system"] = "openai", [ForeignSpans.EventContent] = """{"content":"__REDACTED__"}""", ["index"] = 0L }, item.Attributes);
    }

    [Fact]
    public void Apply_SimpleExporter_SeesWhatWasWrittenInPlace()
    {
        List<KeyValuePair<string, object?>> seen = [];
        using (Build(builder => builder.AddProcessor(new SimpleActivityExportProcessor(new EventExporter(seen)))))
        {
            Emit();
        }

        SpanAssert.Attributes(
            new() { ["gen_ai.system"] = "openai", [ForeignSpans.EventContent] = """{"content":"__REDACTED__"}""", ["index"] = 0 }, seen);
    }

    private TracerProvider Build(Action<TracerProviderBuilder> export)
    {
        var guard = new ForeignContentGuard(ForeignContentMode.FollowPrivacy, _root.Pipeline);
        var builder = Sdk.CreateTracerProviderBuilder().AddSource(_source.Name).AddProcessor(new GuardingProcessor(guard));
        export(builder);
        return builder.Build();
    }

    private void Emit()
    {
        using var span = _source.StartActivity("chat m")!;
        span.AddEvent(ForeignSpans.Event("gen_ai.user.message", ("gen_ai.system", "openai"), (ForeignSpans.EventContent, """{"content":"secret"}"""), ("index", 0)));
    }

    private sealed class GuardingProcessor(ForeignContentGuard guard) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => guard.Apply(data, operation: null);
    }

    private sealed class EventExporter(List<KeyValuePair<string, object?>> seen) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var span in batch)
            {
                seen.AddRange(span.Events.SelectMany(item => item.Tags));
            }

            return ExportResult.Success;
        }
    }
}
