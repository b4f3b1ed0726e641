using System.Text.Json;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>A conversation in which everything that somebody else may choose was chosen by somebody who wants to break what records it.</summary>
internal sealed record HostileConversation(List<ChatMessage> Messages, ChatOptions Options, ChatResponseUpdate[] Updates)
{
    private static readonly Gen<float?> Number =
        Gen.Elements<float?>(null, 0.1f, -1, 0, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.Epsilon);

    private static readonly Gen<JsonElement> Element = HostileJson.Document.Select(Parse);

    private static readonly Gen<object?> Value = Gen.OneOf(
        HostileText.Optional.Select(static text => (object?)text),
        Element.Select(static element => (object?)element),
        Number.Select(static number => (object?)number),
        Gen.Elements<object?>(long.MinValue, ulong.MaxValue, decimal.MaxValue, double.NaN, Guid.Empty, new byte[] { 0, 255 }, new InItself(), new Throwing(), (object[])[null!, 'x']),
        Gen.Elements<object?>(
            Endless(), new TaskCompletionSource<string>().Task, Task.FromResult("done"), new MemoryStream([1]), new Dictionary<int, object?> { [1] = Endless() },
            new List<object?> { new TaskCompletionSource().Task }, new Action(static () => { })));

    private static readonly Gen<AIContent> Content = Gen.OneOf<AIContent>(
        HostileText.Any.Select(static AIContent (text) => new TextContent(text)),
        HostileText.Optional.Select(static AIContent (text) => new TextReasoningContent(text) { ProtectedData = text }),
        Gen.Zip(HostileText.Any, Gen.Zip(HostileText.Any, Value).ListOf(3)).Select(static AIContent (call) =>
            new FunctionCallContent(call.Item1 + "c", call.Item1 + "n", Distinct(call.Item2))),
        Gen.Zip(HostileText.Any, Value).Select(static AIContent (result) => new FunctionResultContent(result.Item1 + "c", result.Item2)),
        HostileText.Any.Select(static AIContent (text) => new HostedFileContent(text + "f") { Name = text }),
        HostileText.Any.Select(static AIContent (text) => new ErrorContent(text) { ErrorCode = text, Details = text }),
        HostileText.Any.Select(static AIContent (text) => new UriContent($"https://x.test/{Uri.EscapeDataString(text.Replace("\ud800", "", StringComparison.Ordinal))}", "image/png")),
        Gen.Zip(HostileText.Any, Value).Select(static AIContent (call) => new McpServerToolCallContent(call.Item1 + "c", call.Item1 + "n", call.Item1 + "s")
        {
            Arguments = new Dictionary<string, object?> { [call.Item1] = call.Item2 },
        }),
        HostileText.Any.Select(static AIContent (text) => new DataContent(System.Text.Encoding.UTF8.GetBytes(text), "text/plain")),
        Gen.Choose(0, ContentSamples.All.Count - 1).Select(static index => ContentSamples.All.Values.ElementAt(index).Content));

    private static readonly Gen<ChatRole> Role = Gen.Frequency(
        (4, Gen.Elements(ChatRole.User, ChatRole.Assistant, ChatRole.System, ChatRole.Tool)), (1, HostileText.Any.Select(static text => new ChatRole(text + "r"))));

    private static readonly Gen<ChatMessage> Message =
        from role in Role
        from author in HostileText.Optional
        from contents in Content.ListOf(3)
        select new ChatMessage(role, [.. contents]) { AuthorName = author };

    private static readonly Gen<ChatOptions> AnyOptions =
        from texts in HostileText.Optional.ListOf(4)
        from numbers in Number.ListOf(4)
        from stops in HostileText.Any.ListOf(2)
        from schema in HostileJson.Map.Select(Parse)
        select new ChatOptions
        {
            ModelId = texts[0],
            ConversationId = texts[1],
            Instructions = texts[2],
            Temperature = numbers[0],
            TopP = numbers[1],
            FrequencyPenalty = numbers[2],
            PresencePenalty = numbers[3],
            StopSequences = [.. stops],
            AdditionalProperties = new() { ["note"] = texts[3], ["service_tier"] = texts[3] },
            Tools = [new Tool(texts[3] + "t", texts[2], schema)],
        };

    private static readonly Gen<ChatResponseUpdate> Update =
        from role in Role
        from contents in Content.ListOf(2)
        from message in Gen.Elements("m1", "m2", null)
        select new ChatResponseUpdate(role, [.. contents]) { MessageId = message };

    public static Gen<HostileConversation> Any { get; } =
        from messages in Message.ListOf(3)
        from options in AnyOptions
        from updates in Update.ListOf(4)
        from ids in HostileText.Optional.ListOf(4)
        from usage in Gen.Elements(-1L, 0, 7, long.MaxValue, long.MinValue)
        select new HostileConversation([.. messages], options, [.. updates, Last(ids, usage)]);

    private static ChatResponseUpdate Last(List<string?> ids, long usage) => new(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = usage, OutputTokenCount = usage })])
    {
        ModelId = ids[0],
        ResponseId = ids[1],
        ConversationId = ids[2],
        FinishReason = string.IsNullOrWhiteSpace(ids[3]) ? null : new ChatFinishReason(ids[3]!),
        MessageId = "last",
    };

    private static Dictionary<string, object?> Distinct(IEnumerable<(string Key, object? Value)> members) =>
        members.DistinctBy(static member => member.Key).ToDictionary(static member => member.Key, static member => member.Value);

    /// <summary>Parses as those do who take what they can get.</summary>
    private static JsonElement Parse(string json)
    {
        var lax = json.Length > 1 && json[0] == '{' ? $"{{ /* {{\"a\": */ {json[1..]}" : json;
        return JsonDocument.Parse(lax, new() { MaxDepth = 1_000, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }).RootElement;
    }

    private sealed class Tool(string name, string? description, JsonElement schema) : AIFunctionDeclaration
    {
        public override string Name => name;

        public override string Description => description ?? "";

        public override JsonElement JsonSchema => schema;
    }

    private static IEnumerable<int> Endless()
    {
        while (true)
        {
            yield return 1;
        }
    }

    private sealed class InItself
    {
        public InItself Self => this;
    }

    private sealed class Throwing
    {
#pragma warning disable CA1822 // A serializer reads members of instances.
        public string Value => throw new InvalidOperationException();
#pragma warning restore CA1822
    }
}
