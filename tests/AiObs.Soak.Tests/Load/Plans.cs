using AiObs.Soak.Load;
using FakeModelServer;

namespace AiObs.Soak.Tests.Load;

/// <summary>Makes plans of one call.</summary>
internal static class Plans
{
    public static RunPlan Create(RunKind kind, RunFate fate) => new()
    {
        Number = 1,
        Kind = kind,
        Fate = fate,
        Model = kind == RunKind.Embedding ? KnownPrices.Embeddings : KnownPrices.Large,
        UserId = "user-1",
        Usages = [new ModelUsage { InputTokens = 1_000, OutputTokens = 100 }],
        ToolsPerRound = 1,
        Pieces = 3,
        PiecesBeforeFate = 1,
        TakesNote = false,
    };
}
