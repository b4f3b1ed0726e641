using System.Diagnostics;
using AiObs.TestSupport.Otlp;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Sampling;

/// <summary>What makes a trace interesting, and what becomes of the others.</summary>
public sealed class KeepInterestingProcessorTests
{
    private static readonly KeepInterestingOptions OnlyInteresting = new()
    {
        Ratio = 0,
        SlowerThan = TimeSpan.FromSeconds(10),
        CostlierThan = 0.05m,
    };

    public static TheoryData<string, Action<Activity>> Interesting => new()
    {
        { "error", span => span.SetStatus(ActivityStatusCode.Error) },
        { "refusal", span => span.AddEvent(new ActivityEvent("policy_violation")) },
        { "refusal", span => span.SetTag("gen_ai.response.finish_reasons", new[] { "stop", "content_filter" }) },
        { "refusal", span => span.SetTag("gen_ai.response.finish_reasons", "[\"refusal\"]") },
        { "costly", span => span.SetTag("aiobs.cost.total", 0.051) },
        { "slow", span => span.SetEndTime(span.StartTimeUtc.AddSeconds(11)) },
    };

    [Theory]
    [MemberData(nameof(Interesting))]
    public void OnEnd_InterestingSpan_KeepsTheWholeTraceAndSaysWhy(string reason, Action<Activity> make)
    {
        using var run = new SampledRun(OnlyInteresting);

        run.Trace("ordinary");
        run.Trace("interesting", make);

        Assert.Equal(["interesting.child", "interesting"], run.Exported);
        Assert.All(run.Exporter.Spans, span => Assert.Equal((reason, 1.0), (span.Attributes["aiobs.sampling.reason"], span.Attributes["aiobs.sampling.ratio"])));
        Assert.Equal(2, run.SampledOut());
    }

    [Theory]
    [MemberData(nameof(Interesting))]
    public void OnEnd_CriterionOff_LeavesTheTraceOut(string reason, Action<Activity> make)
    {
        using var run = new SampledRun(new() { Ratio = 0, AlwaysKeepErrors = false, AlwaysKeepRefusals = false });

        run.Trace(reason, make);

        Assert.Empty(run.Exported);
        Assert.Equal(2, run.SampledOut());
    }

    [Fact]
    public void OnEnd_AtTheThreshold_LeavesTheTraceOut()
    {
        using var run = new SampledRun(OnlyInteresting);

        run.Trace("cheap", span => span.SetTag("aiobs.cost.total", 0.05));
        run.Trace("quick", span =>
        {
            span.SetEndTime(span.StartTimeUtc.AddSeconds(10));
            span.Parent!.SetStartTime(span.StartTimeUtc);
        });
        run.Trace("stopped", span => span.SetTag("gen_ai.response.finish_reasons", new[] { "stop" }));
        run.Trace("otherwise", span => span.AddEvent(new ActivityEvent("exception")));

        Assert.Empty(run.Exported);
    }

    [Fact]
    public void OnEnd_CostsOfSeveralCalls_AreAddedUp()
    {
        using var run = new SampledRun(OnlyInteresting);

        run.Trace("agent", span =>
        {
            using var second = run.Start("second", span.Parent);
            second.SetTag("aiobs.cost.total", 0.03);
            span.SetTag("aiobs.cost.total", 0.03);
        });

        Assert.Equal(3, run.Exported.Count());
    }

    [Fact]
    public void OnEnd_OrdinaryTraces_AreChosenAsTheSamplerOfTheSdkDoes()
    {
        using var run = new SampledRun(new() { Ratio = 0.25 });
        var sampler = new TraceIdRatioBasedSampler(0.25);
        var expected = new List<ActivityTraceId>();

        for (var i = 0; i < 400; i++)
        {
            using var root = run.Start("root");
            if (sampler.ShouldSample(new SamplingParameters(default, root.TraceId, "root", ActivityKind.Internal)).Decision == SamplingDecision.RecordAndSample)
            {
                expected.Add(root.TraceId);
            }
        }

        Assert.Equal(expected, run.Exporter.Spans.Select(span => span.Trace));
        Assert.InRange(expected.Count, 40, 160);
        Assert.All(run.Exporter.Spans, span => Assert.Equal(("ratio", 0.25), (span.Attributes["aiobs.sampling.reason"], span.Attributes["aiobs.sampling.ratio"])));
        Assert.Equal(400 - expected.Count, run.SampledOut());
    }

    [Fact]
    public void OnEnd_ChildBeforeItsRoot_Waits()
    {
        using var run = new SampledRun(new() { Ratio = 1 });
        var root = run.Start("root");

        run.Start("child", root).Dispose();
        Assert.Empty(run.Exported);
        root.Dispose();

        Assert.Equal(["child", "root"], run.Exported);
    }

    [Theory]
    [InlineData(0, new string[0])]
    [InlineData(1, new[] { "root", "late" })]
    public void OnEnd_SpanAfterItsRoot_FollowsTheDecision(double ratio, string[] expected)
    {
        using var run = new SampledRun(new() { Ratio = ratio });
        var root = run.Start("root");
        var late = run.Start("late", root).SetStatus(ActivityStatusCode.Error);

        root.Dispose();
        late.Dispose();

        Assert.Equal(expected, run.Exported);
        Assert.Equal(2 - expected.Length, run.SampledOut());
    }

    [Fact]
    public void OnEnd_RemoteParent_DecidesWhenTheLocalRootEnds()
    {
        using var run = new SampledRun(OnlyInteresting);
        var remote = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);

        using (run.Start("ordinary", remote: remote))
        {
        }

        using (run.Start("failed", remote: remote))
        {
            run.Start("step", Activity.Current).SetStatus(ActivityStatusCode.Error).Dispose();
        }

        Assert.Equal(["step", "failed"], run.Exported);
        Assert.Equal(1, run.SampledOut());
    }

    [Fact]
    public void OnEnd_TwoRootsOfOneTraceAtATime_AreDecidedTogether()
    {
        using var run = new SampledRun(OnlyInteresting);
        var remote = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);
        var first = run.Start("first", remote: remote);
        var second = run.Start("second", remote: remote);

        first.Dispose();
        Assert.Empty(run.Exported);
        second.SetStatus(ActivityStatusCode.Error).Dispose();

        Assert.Equal(["first", "second"], run.Exported);
    }

    [Fact]
    public void OnEnd_RootThatNobodyExports_DecidesSoonAfterItsEnd()
    {
        using var run = new SampledRun(new() { Ratio = 1 });
        var unseen = new Activity("unseen").Start();

        run.Start("step", unseen).Dispose();
        run.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty(run.Exported);
        unseen.Stop();
        run.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["step"], run.Exported);
        Assert.Equal(0, run.DecidedEarly("max_wait"));
    }

    [Fact]
    public void OnEnd_SpanThatASamplerLeftOut_IsNeitherKeptNorCounted()
    {
        using var run = new SampledRun(new() { Ratio = 1 });
        using (var root = run.Start("root"))
        {
            root.ActivityTraceFlags = ActivityTraceFlags.None;
        }

        Assert.Empty(run.Exported);
        Assert.Equal(0, run.SampledOut());
    }

    [Fact]
    public void OnEnd_ProcessorBehindThrows_IsCountedAndHarmsNobody()
    {
        using var run = new SampledRun(new() { Ratio = 1 }, new ThrowingProcessor());

        run.Trace("root");

        Assert.Equal(2, run.SampledOut("fault"));
    }

    [Fact]
    public async Task Export_ThroughTheProcessor_KeepsTheResource()
    {
        await using var receiver = await OtlpReceiver.StartAsync(TestContext.Current.CancellationToken);
        using var source = new ActivitySource($"resource-{Guid.NewGuid():N}");
        using (var provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(source.Name)
            .ConfigureResource(resource => resource.AddService("weather"))
            .AddKeepInteresting(
                new OtlpTraceExporter(new() { Endpoint = new Uri(receiver.Endpoint, "v1/traces"), Protocol = OtlpExportProtocol.HttpProtobuf }),
                options => options.Ratio = 1)
            .Build())
        {
            source.StartActivity("root")!.Dispose();

            // A disposal alone waits for no longer than five seconds.
            provider.Shutdown();
        }

        Assert.Equal("weather", Assert.Single(receiver.Spans).Scope.Resource["service.name"]);
    }

    private sealed class ThrowingProcessor : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => throw new InvalidOperationException("broken");
    }
}
