using System.Globalization;
using System.Net;
using System.Reflection;

namespace AiObs.Pipeline;

/// <summary>Reads the status, or the provider's code, from the exceptions of known SDKs, without a reference to any of them.</summary>
internal static class ProviderErrors
{
    /// <summary>Returns what an exception says went wrong; <see langword="null"/> where it is of no known kind, or nobody answered.</summary>
    public static string? TypeOf(Exception exception)
    {
        if (exception is HttpRequestException { StatusCode: { } status })
        {
            return Text((int)status);
        }

        for (var type = exception.GetType(); type is not null && type != typeof(Exception); type = type.BaseType)
        {
            if (Read(exception, type.FullName) is { } said)
            {
                return Text(said);
            }
        }

        return null;
    }

    // The trimmer keeps what is named like this, and minds no type that is not there.
    private static object? Read(Exception exception, string? name) => name switch
    {
        "System.ClientModel.ClientResultException" =>
            Read(exception, Type.GetType("System.ClientModel.ClientResultException, System.ClientModel", throwOnError: false)?.GetProperty("Status")),
        "Azure.RequestFailedException" =>
            Read(exception, Type.GetType("Azure.RequestFailedException, Azure.Core", throwOnError: false)?.GetProperty("Status")),
        "Anthropic.Exceptions.AnthropicApiException" =>
            Read(exception, Type.GetType("Anthropic.Exceptions.AnthropicApiException, Anthropic", throwOnError: false)?.GetProperty("StatusCode")),
        "Google.GenAI.ApiException" =>
            Read(exception, Type.GetType("Google.GenAI.ApiException, Google.GenAI", throwOnError: false)?.GetProperty("StatusCode")),
        "Google.GoogleApiException" =>
            Read(exception, Type.GetType("Google.GoogleApiException, Google.Apis", throwOnError: false)?.GetProperty("HttpStatusCode")),
        "Grpc.Core.RpcException" =>
            Read(exception, Type.GetType("Grpc.Core.RpcException, Grpc.Core.Api", throwOnError: false)?.GetProperty("StatusCode")),
        "Amazon.Runtime.AmazonServiceException" =>
            Read(exception, Type.GetType("Amazon.Runtime.AmazonServiceException, AWSSDK.Core", throwOnError: false)?.GetProperty("StatusCode")),
        "Microsoft.SemanticKernel.HttpOperationException" =>
            Read(exception, Type.GetType("Microsoft.SemanticKernel.HttpOperationException, Microsoft.SemanticKernel.Abstractions", throwOnError: false)?.GetProperty("StatusCode")),
        _ => null,
    };

    private static object? Read(Exception exception, PropertyInfo? property) =>
        property?.DeclaringType?.IsInstanceOfType(exception) == true ? property.GetValue(exception) : null;

    /// <summary>Writes a status; one that is no failure comes from a stream that failed later, and says nothing.</summary>
    private static string? Text(object said) => said switch
    {
        HttpStatusCode status => Text((int)status),
        int status => status is >= 400 and <= 599 ? status.ToString(CultureInfo.InvariantCulture) : null,
        Enum code => code.ToString(),
        _ => null,
    };
}
