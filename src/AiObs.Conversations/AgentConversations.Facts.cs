using AiObs.Facts;
using AiObs.Store;

namespace AiObs.Conversations;

/// <content>What is known of users.</content>
public sealed partial class AgentConversations
{
    /// <summary>Gets what is known of the user of the view.</summary>
    /// <exception cref="NotSupportedException">The store keeps no facts.</exception>
    public AgentFacts Facts => new(_view, _view.Store as IFactStore ?? throw new NotSupportedException(
        $"{_view.Store.GetType().Name} keeps no facts: it does not implement {nameof(IFactStore)}. The stores in memory, in SQLite and in PostgreSQL do."));
}
