using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Responses;

/// <summary>Reads the input of responses: one text, or items.</summary>
internal static class InputReading
{
    /// <summary>Reads the messages of a request; without content, there are as many, and they are empty.</summary>
    public static List<ChatMessage> ReadAll(JsonElement body, bool keepsContent) => body.Get("input") switch
    {
        { ValueKind: JsonValueKind.String } text => [new ChatMessage(ChatRole.User, keepsContent ? text.AsText() : null)],
        { ValueKind: JsonValueKind.Array } items => ReadItems(items, keepsContent),
        _ => [],
    };

    private static List<ChatMessage> ReadItems(JsonElement items, bool keepsContent)
    {
        var messages = new List<ChatMessage>();
        foreach (var item in items.EnumerateArray())
        {
            var role = RoleOf(item);
            var contents = new List<AIContent>();
            if (keepsContent)
            {
                ItemReading.AddContents(contents, item);
            }

            if (messages.Count > 0 && messages[^1].Role == role && IsPartOfTurn(item))
            {
                // Reasoning, text and calls of one turn of the model are items of their own here, and one message everywhere else.
                foreach (var content in contents)
                {
                    messages[^1].Contents.Add(content);
                }
            }
            else
            {
                messages.Add(new ChatMessage(role, contents));
            }
        }

        return messages;
    }

    private static bool IsPartOfTurn(JsonElement item) => item.GetText("role") is null or "assistant";

    private static ChatRole RoleOf(JsonElement item) => item.GetName("role") switch
    {
        { } role => new ChatRole(role),
        _ => item.GetText("type") switch
        {
            "function_call_output" or "custom_tool_call_output" or "computer_call_output" or "local_shell_call_output" => ChatRole.Tool,
            "mcp_approval_response" or "item_reference" => ChatRole.User,
            _ => ChatRole.Assistant,
        },
    };
}
