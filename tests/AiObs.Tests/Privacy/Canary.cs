using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Privacy;

/// <summary>Strings planted in every place of a call that holds content.</summary>
internal static class Canary
{
    public const string Instructions = "CANARYinstructions";
    public const string Text = "CANARYtext";
    public const string Image = "CANARYimagebytes";
    public const string Result = "CANARYresult";
    public const string Arguments = "CANARYarguments";
    public const string ToolDescription = "CANARYdescription";
    public const string ToolSchema = "CANARYschema";
    public const string StopSequence = "CANARYstop";
    public const string Property = "CANARYproperty";
    public const string ResponseSchema = "CANARYformat";
    public const string Address = "canaryaddress";
    public const string Author = "CANARYauthor";
    public const string Answer = "CANARYanswer";
    public const string Reasoning = "CANARYreasoning";
    public const string Signature = "CANARYsignature";
    public const string AnswerArguments = "CANARYcall";
    public const string Exception = "CANARYexception";

    /// <summary>Gets the image as it stands in a data URI.</summary>
    public static string ImageBase64 { get; } = Convert.ToBase64String(Encoding.UTF8.GetBytes(Image));

    /// <summary>Gets everything that goes into a model as content.</summary>
    public static string[] Inputs { get; } =
        [Instructions, Text, Image, ImageBase64, Result, Arguments, ToolDescription, ToolSchema, Property, ResponseSchema, Address, Author];

    /// <summary>Gets everything that comes out as content.</summary>
    public static string[] Outputs { get; } = [Answer, Reasoning, Signature, AnswerArguments];

    public static ChatMessage[] Messages() =>
    [
        new(ChatRole.User, [new TextContent(Text), new DataContent(Encoding.UTF8.GetBytes(Image), "image/png"), new UriContent($"https://{Address}/x.png", "image/png")])
        {
            AuthorName = Author,
            AdditionalProperties = new() { ["note"] = Property },
        },
        new(ChatRole.Assistant, [new FunctionCallContent("c1", "look", new Dictionary<string, object?> { ["at"] = Arguments })]),
        new(ChatRole.Tool, [new FunctionResultContent("c1", Result)]),
        new(ChatRole.User, "and?"),
    ];

    public static ChatOptions Options() => new()
    {
        Instructions = Instructions,
        StopSequences = [StopSequence],
        AdditionalProperties = new() { ["note"] = Property },
        ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema(ResponseSchema), "answer", ResponseSchema),
        Tools = [AIFunctionFactory.CreateDeclaration("look", ToolDescription, Schema(ToolSchema))],
    };

    public static ChatMessage AnswerMessage() => new(
        ChatRole.Assistant,
        [
            new TextReasoningContent(Reasoning) { ProtectedData = Signature },
            new TextContent(Answer),
            new FunctionCallContent("c2", "look", new Dictionary<string, object?> { ["at"] = AnswerArguments }),
        ])
    {
        AdditionalProperties = new() { ["note"] = Answer },
    };

    private static JsonElement Schema(string description) =>
        JsonElement.Parse($$"""{ "type": "object", "description": "{{description}}", "properties": { "{{description}}": { "type": "string" } } }""");
}
