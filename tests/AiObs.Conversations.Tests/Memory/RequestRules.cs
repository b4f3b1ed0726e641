using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Tests.Memory;

/// <summary>Says what a provider would refuse in a request, written apart from the code that repairs it.</summary>
internal static class RequestRules
{
    public static string? FindFault(IReadOnlyList<ChatMessage> messages)
    {
        var waiting = new List<string>();
        var asked = new List<string>();
        var isOfTools = false;
        foreach (var message in messages)
        {
            string[] results = [.. message.Contents.OfType<FunctionResultContent>().Select(static result => result.CallId)];
            if (waiting.Count > 0 && message.Role != ChatRole.Tool && results.Length == 0)
            {
                return $"{message.Role} stands between a call and its results";
            }

            if (message.Role == ChatRole.Tool && !isOfTools)
            {
                return $"tool message {message.MessageId} follows no call";
            }

            isOfTools = message.Role == ChatRole.Tool || message.Contents.Any(static content => content is FunctionCallContent);
            foreach (var result in results)
            {
                if (!waiting.Remove(result))
                {
                    return $"result {result} has no call";
                }
            }

            waiting.AddRange(message.Contents.OfType<FunctionCallContent>().Select(static call => call.CallId));
            foreach (var content in message.Contents)
            {
                if (content is ToolApprovalRequestContent request)
                {
                    asked.Add(request.RequestId);
                }

                if (content is ToolApprovalResponseContent response && !asked.Remove(response.RequestId))
                {
                    return $"approval {response.RequestId} was not asked for";
                }
            }
        }

        return waiting.Count > 0 ? $"call {waiting[0]} has no result" : asked.Count > 0 ? $"approval {asked[0]} was not given" : null;
    }
}
