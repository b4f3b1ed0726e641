using System.Diagnostics;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.OpenTelemetry.Tests.Sampling;

/// <summary>What holds however the spans of several traces interleave.</summary>
public sealed class KeepInterestingProperties
{
    private const int Traces = 4;
    private static readonly Config Quiet = Fuzz.Config().WithMaxTest(200);

    [Fact]
    public void OnEnd_AnyInterleaving_ExportsEachTraceWhollyOrNotAtAll() => Check.One(Quiet, Prop.ForAll<byte[]>(steps =>
    {
        using var run = new SampledRun(new() { Ratio = 0.3 });
        var traces = Enumerable.Range(0, Traces).Select(_ => new List<Activity> { run.Start("root") }).ToList();

        foreach (var step in steps)
        {
            Do(run, traces[step % Traces], step / Traces);
        }

        // Roots last in some traces, and before their children in others.
        foreach (var span in traces.SelectMany((spans, i) => i % 2 == 0 ? spans.AsEnumerable().Reverse() : spans))
        {
            span.Dispose();
        }

        run.Shutdown();
        var exported = run.Exporter.Spans.Select(span => span.Span).ToHashSet();
        Assert.Equal(traces.Sum(spans => spans.Count), exported.Count + run.SampledOut());
        foreach (var spans in traces)
        {
            Assert.Single(spans.Select(span => exported.Contains(span.SpanId)).Distinct());
            Assert.True(exported.Contains(spans[0].SpanId) || !spans.Exists(span => span.Status == ActivityStatusCode.Error));
        }
    }));

    /// <summary>Starts a child of a span that runs, ends a child, fails a child, or lets time pass.</summary>
    private static void Do(SampledRun run, List<Activity> spans, int step)
    {
        var span = spans[step / 4 % spans.Count];
        switch (step % 4)
        {
            case 0 or 1 when !span.IsStopped:
                spans.Add(run.Start("child", span));
                break;
            case 2 when span != spans[0] && !span.IsStopped:
                span.SetStatus(step % 8 == 2 ? ActivityStatusCode.Error : ActivityStatusCode.Unset).Dispose();
                break;
            default:
                run.Clock.Advance(TimeSpan.FromMilliseconds(700));
                break;
        }
    }
}
