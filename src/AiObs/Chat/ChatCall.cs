using AiObs.Operations;

namespace AiObs.Chat;

/// <summary>A call that is about to be made.</summary>
/// <param name="Operation">Its operation; <see langword="null"/> when it is to pass unobserved.</param>
/// <param name="IsJoined">Whether a decorator further out opened the operation, and will end it.</param>
internal readonly record struct ChatCall(ChatOperation? Operation, bool IsJoined)
{
    /// <summary>Gets the operation where this call opened it, and will end it; <see langword="null"/> where another one did.</summary>
    public ChatOperation? Own => IsJoined ? null : Operation;
}
