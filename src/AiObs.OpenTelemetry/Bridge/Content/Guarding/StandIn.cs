using System.Diagnostics;
using AiObs.Conventions;
using AiObs.Operations;

namespace AiObs.OpenTelemetry.Bridge.Content.Guarding;

/// <summary>Makes the operation that attributes are masked for.</summary>
/// <remarks>It is none that anybody hears of: what is found is counted where the operation's own content is masked, and must not count twice.</remarks>
internal static class StandIn
{
    public static ChatOperation For(Activity span) => Of(span.GetTagItem(GenAiAttributes.OperationName) is GenAiOperationNames.TextCompletion);

    private static ChatOperation Of(bool isTextCompletion) =>
        new(new ModelEndpoint(Provider: null, Address: null, Port: null), requestModel: null, ChatRequest.Default) { IsTextCompletion = isTextCompletion };
}
