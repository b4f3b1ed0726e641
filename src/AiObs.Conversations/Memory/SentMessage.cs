using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Memory;

/// <summary>A message as it goes to the model.</summary>
/// <param name="Message">The message.</param>
/// <param name="Item">What it was made of; <see langword="null"/> where memory made it.</param>
/// <param name="IsOriginal">Whether it is shown as it was said.</param>
internal readonly record struct SentMessage(ChatMessage Message, MemoryItem? Item, bool IsOriginal);
