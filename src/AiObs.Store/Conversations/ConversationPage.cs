namespace AiObs.Store;

/// <summary>A page of conversations.</summary>
/// <param name="Conversations">The conversations.</param>
/// <param name="NextCursor">Where the next page starts; <see langword="null"/> on the last one.</param>
public sealed record ConversationPage(IReadOnlyList<Conversation> Conversations, string? NextCursor);
