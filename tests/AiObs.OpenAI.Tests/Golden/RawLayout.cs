using AiObs.Pictures;

namespace AiObs.OpenAI.Tests.Golden;

/// <summary>A way in which raw clients are called, named from outside to inside.</summary>
/// <param name="Name">Its name, that of its files.</param>
/// <param name="Ask">Makes the call.</param>
internal sealed record RawLayout(string Name, Func<RawRun, Task> Ask)
{
    private static readonly RawOutcome[] Plain = [RawOutcome.Answered, RawOutcome.Retried, RawOutcome.Failed, RawOutcome.Refused];
    private static readonly RawOutcome[] Streamed =
        [RawOutcome.Answered, RawOutcome.Retried, RawOutcome.Failed, RawOutcome.LeftEarly, RawOutcome.Cut, RawOutcome.Refused];

    /// <summary>Gets how often the service is asked for one answer.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>Gets a value indicating whether the tool asks the service too.</summary>
    public bool HasCallInTool { get; init; }

    /// <summary>Gets the layout whose picture this one's is likely to be; a section that is the same says just that.</summary>
    public string? AsIn { get; init; }

    /// <summary>Gets a value indicating whether it streams.</summary>
    public bool CanStream { get; init; } = true;

    /// <summary>Returns what of an outcome is drawn in brief, which keeps the record readable.</summary>
    public PictureParts InBrief(RawOutcome outcome) => outcome is not RawOutcome.Answered ? PictureParts.All
        : Rounds > 1 ? PictureParts.Metrics
        : PictureParts.None;

    public IEnumerable<RawOutcome> Outcomes(bool isStreaming) =>
        (isStreaming ? Streamed : Plain).Where(outcome => Rounds == 1 || outcome is not RawOutcome.Retried);
}
