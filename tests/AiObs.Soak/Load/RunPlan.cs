using FakeModelServer;

namespace AiObs.Soak.Load;

/// <summary>Is all that will happen in one run: what is asked, what the model answers and how it ends. It follows from the seed and the number alone.</summary>
internal sealed record RunPlan
{
    /// <summary>Gets the number of the run, which every text that it sends begins with.</summary>
    public required long Number { get; init; }

    public required RunKind Kind { get; init; }

    public required RunFate Fate { get; init; }

    public required string Model { get; init; }

    public required string UserId { get; init; }

    /// <summary>Gets what each model call of the run uses, in their order; the last one belongs to the fate.</summary>
    public required IReadOnlyList<ModelUsage> Usages { get; init; }

    /// <summary>Gets how many tools each call but the last asks for.</summary>
    public required int ToolsPerRound { get; init; }

    /// <summary>Gets in how many pieces the last call answers.</summary>
    public required int Pieces { get; init; }

    /// <summary>Gets how many of the pieces arrive before the fate does.</summary>
    public required int PiecesBeforeFate { get; init; }

    /// <summary>Gets a value indicating whether the application tracks an event of its own beside the calls.</summary>
    public required bool TakesNote { get; init; }

    public bool IsAgent => Kind is RunKind.Agent or RunKind.StreamedAgent;

    public bool IsStreaming => Kind is RunKind.Stream or RunKind.StreamedAgent;

    public int LastStep => Usages.Count - 1;

    /// <summary>Gets a value indicating whether the caller ends the run.</summary>
    public bool IsEndedByCaller => Fate is RunFate.Cancelled or RunFate.Abandoned;
}
