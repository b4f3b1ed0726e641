using Microsoft.Extensions.AI;

namespace AiObs.Benchmarks.Workloads;

internal static class Conversation
{
    private const int Characters = 200;

    public static ChatMessage[] Of(int messages) =>
    [
        .. Enumerable.Range(0, messages).Select(static index => new ChatMessage(
            index % 2 == 0 ? ChatRole.User : ChatRole.Assistant, new string((char)('a' + (index % 26)), Characters))),
    ];
}
