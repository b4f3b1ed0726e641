using AiObs.Privacy.Redaction;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Bridge.Content;

/// <summary>The activity events that carried messages before attributes did.</summary>
internal static class MessageEvents
{
    public const string System = "gen_ai.system.message";
    public const string User = "gen_ai.user.message";
    public const string Assistant = "gen_ai.assistant.message";
    public const string Tool = "gen_ai.tool.message";

    /// <summary>Semantic Kernel's name for a message of the developer.</summary>
    public const string Developer = "gen_ai.tool.developer";

    public const string Choice = "gen_ai.choice";
    public const string Prompt = "gen_ai.content.prompt";
    public const string Completion = "gen_ai.content.completion";

    /// <summary>Tells who speaks in an event, where its body does not say; <see langword="null"/> for events that carry no message.</summary>
    public static ChatRole? RoleOf(string eventName) => eventName switch
    {
        System => ChatRole.System,
        User or Prompt => ChatRole.User,
        Assistant or Choice or Completion => ChatRole.Assistant,
        Tool => ChatRole.Tool,
        Developer => new ChatRole("developer"),
        _ => null,
    };

    public static ContentSide SideOf(string eventName) =>
        eventName is Choice or Completion ? ContentSide.Output : ContentSide.Input;
}
