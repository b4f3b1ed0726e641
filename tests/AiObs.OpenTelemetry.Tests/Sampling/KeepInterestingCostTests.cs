using System.Diagnostics;
using AiObs.OpenTelemetry.Sampling;
using AiObs.TestSupport;
using OpenTelemetry;

namespace AiObs.OpenTelemetry.Tests.Sampling;

/// <summary>What the sampler itself takes.</summary>
public sealed class KeepInterestingCostTests
{
    [Fact]
    public void OnEnd_ManySpansInATrace_AllocateLittleEach()
    {
        const int Spans = 1_000;
        using var source = new ActivitySource($"cost-{Guid.NewGuid():N}");
        using var listener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var processor = new KeepInterestingProcessor(
            new CompositeProcessor<Activity>([new Nothing()]), new() { Ratio = 0, MaxSpansPerTrace = 1_000_000, MaxSpans = 1_000_000 });
        using var root = source.StartActivity("root")!;
        var children = Enumerable.Range(0, Spans).Select(_ => source.StartActivity("child", ActivityKind.Internal, root.Context)!.SetParentId(root.TraceId, root.SpanId)).ToList();
        processor.OnStart(root);

        var bytes = AllocationMeter.BytesPerRun(() => children.ForEach(processor.OnEnd), runs: 3) / Spans;

        Assert.InRange(bytes, 0, 64);
    }

    [Fact]
    public async Task OnEnd_ProcessorBehindIsStuck_OtherTracesGoOn()
    {
        using var stuck = new StuckProcessor();
        using var run = new SampledRun(new() { Ratio = 1 }, stuck);
        var first = Task.Run(() => run.Trace("first"), TestContext.Current.CancellationToken);
        await stuck.Entered.Task.WaitAsync(TestContext.Current.CancellationToken);

        var second = run.Start("second");
        run.Start("second.child", second).Dispose();
        run.Clock.Advance(TimeSpan.FromSeconds(5));
        stuck.GoOn.Set();
        await first;
        second.Dispose();

        Assert.Equal(["first.child", "first", "second.child", "second"], stuck.Names);
    }

    private sealed class Nothing : BaseProcessor<Activity>;

    private sealed class StuckProcessor : BaseProcessor<Activity>
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim GoOn { get; } = new();

        public List<string> Names { get; } = [];

        public override void OnEnd(Activity data)
        {
            Entered.TrySetResult();
            GoOn.Wait(TestContext.Current.CancellationToken);
            Names.Add(data.DisplayName);
        }

        protected override void Dispose(bool disposing)
        {
            GoOn.Dispose();
            base.Dispose(disposing);
        }
    }
}
