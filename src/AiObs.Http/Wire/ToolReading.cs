using System.Text.Json;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire;

/// <summary>Reads what several interfaces say alike of tools and their calls.</summary>
internal static class ToolReading
{
    private const string Function = "function";

    private static readonly JsonElement NoParameters = JsonDocument.Parse("{}").RootElement;

    /// <summary>Declares a function that the request offers.</summary>
    /// <param name="function">The object with its name, description and parameters.</param>
    /// <param name="schema">The name of the member with the parameters.</param>
    public static AITool? Declare(JsonElement? function, string schema = "parameters") => function.GetText("name") is { Length: > 0 } name
        ? AIFunctionFactory.CreateDeclaration(
            name, function.GetText("description"), function?.Get(schema)?.Clone() ?? NoParameters)
        : null;

    /// <summary>Declares a tool that the request offers and that takes plain text.</summary>
    public static AITool? DeclareCustom(JsonElement? tool) => tool.GetText("name") is { Length: > 0 } name
        ? new OtherTool("custom", name, tool.GetText("description"))
        : null;

    /// <summary>Makes a call of what the model asks for. Arguments that are no object, cut or badly written, are kept as the text that they are.</summary>
    public static FunctionCallContent Call(string? id, string? name, string? arguments)
    {
        var read = Arguments(arguments);
        return read is null && !string.IsNullOrEmpty(arguments)
            ? new UnreadCallContent(id ?? "", name ?? "", arguments)
            : new FunctionCallContent(id ?? "", name ?? "", read);
    }

    /// <summary>Makes a call of a custom tool, whose one argument is a text.</summary>
    public static FunctionCallContent CallCustom(string? id, string? name, string? input) =>
        new(id ?? "", name ?? "", string.IsNullOrEmpty(input) ? null : new Dictionary<string, object?>(StringComparer.Ordinal) { ["input"] = input });

    public static ChatToolMode? ModeOf(JsonElement? choice) => choice switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.AsText() switch
        {
            "auto" => ChatToolMode.Auto,
            "none" => ChatToolMode.None,
            "required" => ChatToolMode.RequireAny,
            _ => null,
        },
        { ValueKind: JsonValueKind.Object } tool when (tool.Get(Function).GetName("name") ?? tool.GetName("name")) is { } name =>
            ChatToolMode.RequireSpecific(name),
        _ => null,
    };

    /// <summary>Reads arguments, which the model writes; <see langword="null"/> where they are no object.</summary>
    private static Dictionary<string, object?>? Arguments(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                arguments[member.Name] = member.Value.Clone();
            }

            return arguments;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
