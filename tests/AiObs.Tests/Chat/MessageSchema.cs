using System.Text.Json;

namespace AiObs.Tests.Chat;

/// <summary>Checks the members that the schemas of the GenAI content attributes require; one that is missing makes consumers drop the whole list.</summary>
internal static class MessageSchema
{
    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["text"] = ["content"],
        ["reasoning"] = ["content"],
        ["tool_call"] = ["name"],
        ["tool_call_response"] = ["response"],
        ["server_tool_call"] = ["name", "server_tool_call"],
        ["server_tool_call_response"] = ["server_tool_call_response"],
        ["blob"] = ["modality", "content"],
        ["uri"] = ["modality", "uri"],
        ["file"] = ["modality", "file_id"],
    };

    public static void CheckMessages(string json, bool areOutput)
    {
        foreach (var message in JsonElement.Parse(json).EnumerateArray())
        {
            Assert.Equal(JsonValueKind.String, message.GetProperty("role").ValueKind);
            CheckParts(message.GetProperty("parts"));
            if (areOutput)
            {
                Assert.Equal(JsonValueKind.String, message.GetProperty("finish_reason").ValueKind);
            }
        }
    }

    public static void CheckParts(JsonElement parts)
    {
        foreach (var part in parts.EnumerateArray())
        {
            var type = part.GetProperty("type").GetString()!;
            Assert.NotEmpty(type);
            Assert.All(Required.GetValueOrDefault(type, []), member => Assert.True(part.TryGetProperty(member, out _), $"{type} lacks {member}"));
            CheckKinds(type, part);
        }
    }

    public static void CheckTools(string json)
    {
        foreach (var tool in JsonElement.Parse(json).EnumerateArray())
        {
            Assert.NotEmpty(tool.GetProperty("type").GetString()!);
            Assert.NotEmpty(tool.GetProperty("name").GetString()!);
        }
    }

    private static void CheckKinds(string type, JsonElement part)
    {
        switch (type)
        {
            case "tool_call" when part.TryGetProperty("arguments", out var arguments):
                // A text is what a model wrote that is no object.
                Assert.True(arguments.ValueKind is JsonValueKind.Object or JsonValueKind.String);
                break;
            case "server_tool_call" or "server_tool_call_response":
                Assert.NotEmpty(part.GetProperty(type).GetProperty("type").GetString()!);
                break;
            case "blob" when part.GetProperty("content").GetString() != "__REDACTED__":
                _ = part.GetProperty("content").GetBytesFromBase64();
                break;
        }
    }
}
