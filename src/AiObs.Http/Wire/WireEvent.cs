using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire;

/// <summary>What one event of a stream says.</summary>
/// <param name="Update">The update that it is.</param>
/// <param name="IsLast">Whether nothing that matters comes after it.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="CallPiece">What it adds to tool calls; the update has them only when they are whole.</param>
internal readonly record struct WireEvent(ChatResponseUpdate Update, bool IsLast = false, WireError? Error = null, string? CallPiece = null);
