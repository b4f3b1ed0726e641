using System.Diagnostics;
using System.Text.Json;

namespace AiObs.Tests.Chat;

/// <summary>Checks every attribute of a chat span that is to be JSON: it parses, and messages and tools conform to their schema.</summary>
internal static class JsonAttributes
{
    public static void Check(Activity span)
    {
        foreach (var (key, value) in span.TagObjects)
        {
            Check(span, key, value as string);
        }
    }

    private static void Check(Activity span, string key, string? value)
    {
        switch (key)
        {
            case "gen_ai.input.messages" or "gen_ai.output.messages":
                MessageSchema.CheckMessages(value!, areOutput: key == "gen_ai.output.messages");
                break;
            case "gen_ai.system_instructions":
                MessageSchema.CheckParts(JsonElement.Parse(value!));
                break;
            case "gen_ai.tool.definitions":
                MessageSchema.CheckTools(value!);
                break;
            case "llm.invocation_parameters" or "metadata":
                Assert.Equal(JsonValueKind.Object, JsonElement.Parse(value!).ValueKind);
                break;
            case "input.value" or "output.value" when IsJson(span, key):
                _ = JsonElement.Parse(value!);
                break;
            default:
                if (key.EndsWith("function.arguments", StringComparison.Ordinal))
                {
                    // A text is what a model wrote that is no object.
                    Assert.True(JsonElement.Parse(value!).ValueKind is JsonValueKind.Object or JsonValueKind.String);
                }
                else if (key.EndsWith("json_schema", StringComparison.Ordinal))
                {
                    Assert.Equal(JsonValueKind.Object, JsonElement.Parse(value!).ValueKind);
                }

                break;
        }
    }

    private static bool IsJson(Activity span, string key) =>
        span.GetTagItem(key.Replace("value", "mime_type", StringComparison.Ordinal)) is "application/json";
}
