using AiObs.Pictures;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Golden;

/// <summary>A pipeline that people build, named from outside to inside.</summary>
/// <param name="Name">Its name, that of its files.</param>
/// <param name="Build">Builds the client around the run's model.</param>
internal sealed record Layout(string Name, Func<LayoutRun, IChatClient> Build)
{
    private static readonly Outcome[] Plain = [Outcome.Answered, Outcome.Failed, Outcome.Cancelled, Outcome.Refused];
    private static readonly Outcome[] Streamed = [Outcome.Answered, Outcome.Failed, Outcome.Cancelled, Outcome.LeftEarly, Outcome.Cut, Outcome.Refused];

    /// <summary>Gets how often the model is asked for one answer: twice in a function loop.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>Gets a value indicating whether content and conventions are varied too.</summary>
    public bool IsCentral { get; init; }

    /// <summary>Gets the outcomes that are recorded, where it is not all of them.</summary>
    public IReadOnlyList<Outcome>? Only { get; init; }

    /// <summary>Gets the layouts whose pictures this one's are likely to be; a section that is the same says just that.</summary>
    public IReadOnlyList<string> AsIn { get; init; } = [];

    /// <summary>Gets what is asked of the client.</summary>
    public Func<LayoutRun, IChatClient, Task> Ask { get; init; } = static (run, client) => run.AskAsync(client);

    /// <summary>Returns what of an outcome is drawn in brief, which keeps the record readable.</summary>
    public PictureParts InBrief(Outcome outcome) => IsCentral ? PictureParts.None
        : outcome is Outcome.Answered ? PictureParts.Metrics
        : PictureParts.All;

    public IEnumerable<Outcome> Outcomes(bool isStreaming, Variant variant)
    {
        IEnumerable<Outcome> all = isStreaming ? Streamed : Plain;
        if (IsCentral && Rounds > 1)
        {
            all = all.Append(Outcome.ToolFailed);
        }

        return all.Where(outcome => (Only is null || Only.Contains(outcome)) && (!variant.HasContent || SaysMuch(outcome, isStreaming, variant)));
    }

    // Content and conventions make no difference to the others.
    private static bool SaysMuch(Outcome outcome, bool isStreaming, Variant variant) =>
        outcome is Outcome.Answered || (outcome is Outcome.Failed or Outcome.ToolFailed && (!isStreaming || variant.Parts is PictureParts.All));
}
