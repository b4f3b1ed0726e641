using System.Diagnostics;

namespace AiObs.Pipeline;

/// <summary>Keeps the spans of a root.</summary>
internal interface ISpanKeeper
{
    /// <summary>How many model calls are looked through for an answer at most, the latest ones.</summary>
    const int MostAnswers = 10_000;

    /// <summary>Keeps a span of another library that has ended, and that the bridge has masked and priced. Called on the thread of the call.</summary>
    void Keep(Activity span);

    /// <summary>Finds where an answer stands, by the id that its provider gave it; <see langword="null"/> where it is not among the latest.</summary>
    ValueTask<RecentAnswers.Place?> FindAnswerAsync(string responseId, CancellationToken cancellationToken);
}
