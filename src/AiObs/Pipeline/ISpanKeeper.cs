using System.Diagnostics;

namespace AiObs.Pipeline;

/// <summary>Keeps the spans of a root.</summary>
internal interface ISpanKeeper
{
    /// <summary>How many model calls are looked through for an answer at most, the latest ones.</summary>
    const int MostAnswers = 10_000;

    /// <summary>Keeps a span of another library that has ended, and that the bridge has masked and priced. Called on the thread of the call.</summary>
    void Keep(Activity span);

    /// <summary>Tells whether there is room for so many spans now, or nothing waits, so that waiting for more room would be in vain.</summary>
    bool HasRoomFor(int count);

    /// <summary>Keeps a span of another process, masked and priced. Returns <see langword="false"/> when there was no room, and it is lost.</summary>
    /// <param name="span">The span.</param>
    /// <param name="source">The instrumentation that wrote it.</param>
    /// <param name="isTop">Whether no span above it is kept.</param>
    /// <param name="agent">The agent in whose run it happened, where it does not say so itself.</param>
    bool KeepReceived(Activity span, string source, bool isTop, string? agent);

    /// <summary>Finds where an answer stands, by the id that its provider gave it; <see langword="null"/> where it is not among the latest.</summary>
    ValueTask<RecentAnswers.Place?> FindAnswerAsync(string responseId, CancellationToken cancellationToken);
}
