using System.Diagnostics;
using AiObs.OpenTelemetry.Bridge.Content.Guarding;
using AiObs.TestSupport;
using AiObs.TestSupport.Otlp;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Guarding;

/// <summary>What exporters send of events that are masked: ours what may be shown, any other one what the library wrote.</summary>
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
    public async Task Export_ExporterOfOurs_SendsWhatMayBeShown()
    {
        await using var receiver = await OtlpReceiver.StartAsync(TestToken);
        using (Build(builder => builder.AddOtlpBackend(OtlpBackend.Generic, options => options.Endpoint = receiver.Endpoint)))
        {
            Emit("chat m", masks: true);
            Emit("GET /", masks: false);
        }

        var masked = Assert.Single(receiver.Spans, static span => span.Name == "chat m");
        Assert.Equal(["before", "gen_ai.user.message", "after"], masked.Events.Select(static item => item.Name));
        SpanAssert.Attributes(
            new() { ["gen_ai.system"] = "openai", [ForeignSpans.EventContent] = """{"content":"__REDACTED__"}""", ["index"] = 0L }, masked.Events[1].Attributes);
        SpanAssert.Attributes(new() { ["http.request.method"] = "GET" }, masked.Attributes);
        SpanAssert.Attributes(new() { ["size"] = 7L }, Assert.Single(receiver.Spans, static span => span.Name == "GET /").Events[0].Attributes);
    }

    [Fact]
    public void Export_ExporterOfAnotherKind_SeesWhatTheLibraryWrote()
    {
        List<Activity> seen = [];
        using (Build(builder => builder.AddProcessor(new SimpleActivityExportProcessor(new SpanExporter(seen)))))
        {
            Emit("chat m", masks: true);
        }

        Assert.Contains(Assert.Single(seen).Events.SelectMany(static item => item.Tags), static tag => tag.Value is """{"content":"secret"}""");
    }

    private TracerProvider Build(Action<TracerProviderBuilder> export)
    {
        var guard = new ForeignContentGuard(ForeignContentMode.FollowPrivacy, _root.Pipeline);
        var builder = Sdk.CreateTracerProviderBuilder().AddSource(_source.Name).AddProcessor(new GuardingProcessor(guard));
        export(builder);
        return builder.Build();
    }

    private void Emit(string name, bool masks)
    {
        using var span = _source.StartActivity(name)!;
        span.SetTag("http.request.method", "GET");
        span.AddEvent(ForeignSpans.Event("before", ("size", 7)));
        if (masks)
        {
            span.AddEvent(ForeignSpans.Event("gen_ai.user.message", ("gen_ai.system", "openai"), (ForeignSpans.EventContent, """{"content":"secret"}"""), ("index", 0)));
            span.AddEvent(ForeignSpans.Event("after"));
        }
    }

    private sealed class GuardingProcessor(ForeignContentGuard guard) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => guard.Apply(data, operation: null);
    }

    private sealed class SpanExporter(List<Activity> seen) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var span in batch)
            {
                seen.Add(span);
            }

            return ExportResult.Success;
        }
    }
}
