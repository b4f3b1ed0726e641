using AiObs.Store;

namespace AiObs.Benchmarks.Conversations;

/// <summary>A store that can be filled past its own door, which would take long. What it keeps goes away with it.</summary>
internal interface IFilledStore : IAsyncDisposable
{
    /// <summary>How many of the last messages are on a branch of their own.</summary>
    const int OnBranch = 20;

    IConversationStore Store { get; }

    /// <summary>Makes one conversation of many messages, two a commit.</summary>
    Task FillAsync(string id, int count);
}
