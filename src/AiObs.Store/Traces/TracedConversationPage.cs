namespace AiObs.Store;

/// <summary>A part of a listing of conversations.</summary>
/// <param name="Conversations">The conversations, those with the latest trace first.</param>
/// <param name="NextCursor">What <see cref="TraceQuery.Cursor"/> has to be for the next page; <see langword="null"/> on the last one.</param>
public sealed record TracedConversationPage(IReadOnlyList<TracedConversation> Conversations, string? NextCursor);
