namespace AiObs.Store.Sql.Conversations;

/// <summary>A conversation as it stands in its table.</summary>
/// <param name="Position">The key by which everything that hangs on it is found.</param>
/// <param name="State">The rest.</param>
internal sealed record ConversationRow(long Position, Conversation State);
