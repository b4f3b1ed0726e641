using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>A conversation made of arbitrary numbers and texts, so that whatever shrinks those shrinks it.</summary>
internal sealed class RandomConversation(int[] numbers, string?[] texts)
{
    private static readonly ChatRole[] Roles = [ChatRole.User, ChatRole.Assistant, ChatRole.System, ChatRole.Tool, new("developer")];

    public List<ChatMessage> Messages =>
    [
        .. numbers.Select((number, index) => new ChatMessage(Roles[Math.Abs(number % Roles.Length)], [Content(number, index), Content(index, number)])
        {
            AuthorName = number % 3 == 0 ? Text(number) : null,
        }),
    ];

    public ChatOptions Options => new()
    {
        Instructions = Text(numbers.Length),
        Temperature = numbers.Length / 10f,
        StopSequences = [.. texts.Select(static text => text ?? "")],
        Tools = [new HostedWebSearchTool(), AIFunctionFactory.Create(static (string city) => city, "weather", Text(1))],
    };

    /// <summary>Gets the answer, cut into updates at arbitrary places.</summary>
    public ChatResponseUpdate[] Updates
    {
        get
        {
            var updates = new List<ChatResponseUpdate>();
            for (var i = 0; i < numbers.Length; i++)
            {
                updates.Add(Update(numbers[i], [Content(numbers[i], i)]));
                updates.AddRange((Text(i) ?? "").Chunk(1 + Math.Abs(numbers[i] % 4)).Select(chunk => Update(numbers[i], [new TextContent(new(chunk))])));
            }

            if (numbers.Length > 2)
            {
                updates[numbers.Length / 2].Contents.Add(new UsageContent(new() { InputTokenCount = numbers.Length, OutputTokenCount = 3 }));
                updates[numbers.Length - 2].FinishReason = ChatFinishReason.Length;
            }

            return [.. updates];
        }
    }

    private static ChatResponseUpdate Update(int number, IList<AIContent> contents) => new(number % 7 == 0 ? ChatRole.Tool : ChatRole.Assistant, contents)
    {
        MessageId = $"m{number % 3}",
        ResponseId = "r1",
        ModelId = number % 2 == 0 ? "stub-model-1" : null,
    };

    private AIContent Content(int number, int other) => Math.Abs(number % 6) switch
    {
        0 => new TextContent(Text(other)),
        1 => new TextReasoningContent(Text(other)) { ProtectedData = Text(number) },
        2 => new FunctionCallContent($"c{other}", Text(number) ?? "", new Dictionary<string, object?> { [Text(other) ?? ""] = Text(number), ["n"] = number }),
        3 => new FunctionResultContent($"c{other}", number % 2 == 0 ? Text(other) : numbers),
        _ => ContentSamples.All.Values.ElementAt(Math.Abs(other % ContentSamples.All.Count)).Content,
    };

    private string? Text(int number) => texts.Length == 0 ? "" : texts[Math.Abs(number % texts.Length)];
}
