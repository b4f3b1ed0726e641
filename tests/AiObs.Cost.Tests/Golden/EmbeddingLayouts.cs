using AiObs.TestSupport.Stubs;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Golden;

/// <summary>The layouts of embedding generators.</summary>
internal static class EmbeddingLayouts
{
    public static IReadOnlyList<EmbeddingLayout> All { get; } =
    [
        new("observer", static (run, model) => model.UseAgentObservability(run.Root)) { IsCentral = true },
        new("observer-without-cost", static (run, model) => model.UseAgentObservability(run.Bare)),
        new("cost", static (run, model) => model.UseCostTracking(run.Root)),
        new("cost-of-its-own", static (run, model) => model.UseCostTracking(run.Bare, run.SetCosts)),
        new("observer-cost", static (run, model) => model.UseCostTracking(run.Root).UseAgentObservability(run.Root)),
        new("cost-observer", static (run, model) => model.UseAgentObservability(run.Root).UseCostTracking(run.Root)),
        new("cost-with-options-observer", static (run, model) => model.UseAgentObservability(run.Bare).UseCostTracking(run.Bare, run.SetCosts)),
        new("observer-with-options-cost", static (run, model) =>
            model.UseCostTracking(run.Root).UseAgentObservability(run.Root, static options => options.CaptureContent = ContentCapture.All)),
        new("observer-observer", static (run, model) => model.UseAgentObservability(run.Root).UseAgentObservability(run.Root)),
        new("observer-splitting-observer", static (run, model) =>
            new SplittingEmbeddingGenerator(model.UseAgentObservability(run.Root)).UseAgentObservability(run.Root)),
        new("observer-splitting", static (run, model) => new SplittingEmbeddingGenerator(model).UseAgentObservability(run.Root)),
        new("cost-splitting-observer", static (run, model) =>
            new SplittingEmbeddingGenerator(model.UseAgentObservability(run.Root)).UseCostTracking(run.Root)),
        new("observer-cache-observer", static (run, model) => Cached(run, model.UseAgentObservability(run.Root)).UseAgentObservability(run.Root))
        {
            Ask = AskTwiceAsync,
        },
        new("observer-cache", static (run, model) => Cached(run, model).UseAgentObservability(run.Root)) { Ask = AskTwiceAsync },
        new("observer-hiding-observer", static (run, model) =>
            new HidingEmbeddingGenerator(model.UseAgentObservability(run.Root)).UseAgentObservability(run.Root)),
        new("observer-off-observer", static (run, model) =>
            model.UseAgentObservability(run.Root, static options => options.Enabled = false).UseAgentObservability(run.Root)),
        new("two-roots", static (run, model) => model.UseAgentObservability(run.Second).UseAgentObservability(run.Root)),
        new("traced-observer", static (run, model) => model.UseAgentObservability(run.Root)) { Ask = TraceAsync },
        new("traced-unobserved", static (_, model) => model) { Ask = TraceAsync },
        new("telemetry-observer", static (run, model) => Telemetry(run, model.UseAgentObservability(run.Root))),
        new("observer-telemetry", static (run, model) => Telemetry(run, model).UseAgentObservability(run.Root)),
    ];

    private static DistributedCachingEmbeddingGenerator<string, Embedding<float>> Cached(
        LayoutRun run, IEmbeddingGenerator<string, Embedding<float>> inner) => new(inner, run.Cache);

    private static IEmbeddingGenerator<string, Embedding<float>> Telemetry(LayoutRun run, IEmbeddingGenerator<string, Embedding<float>> inner) =>
        inner.AsBuilder().UseOpenTelemetry(run.Recorder.Logs, run.TelemetrySource).Build();

    private static async Task AskTwiceAsync(LayoutRun run, IEmbeddingGenerator<string, Embedding<float>> generator)
    {
        await run.Recorder.CallAsync(() => generator.GenerateAsync(EmbeddingLayout.Texts, cancellationToken: run.Token));
        await run.Recorder.CallAsync(() => generator.GenerateAsync(EmbeddingLayout.Texts, cancellationToken: run.Token));
    }

    private static Task TraceAsync(LayoutRun run, IEmbeddingGenerator<string, Embedding<float>> generator) =>
        run.Recorder.CallAsync(() => run.Root.Tracer.TraceEmbeddingAsync(
            "stub-embedding",
            new EmbeddingStart { Texts = EmbeddingLayout.Texts },
            _ => generator.GenerateAsync(EmbeddingLayout.Texts, cancellationToken: run.Token),
            run.Token));
}
