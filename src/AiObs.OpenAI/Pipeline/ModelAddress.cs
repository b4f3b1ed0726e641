using System.ClientModel.Primitives;

namespace AiObs.OpenAI.Pipeline;

/// <summary>What the address of a request says: which interface is called, and on Azure which deployment.</summary>
/// <param name="Api">The interface.</param>
/// <param name="Deployment">The deployment; <see langword="null"/> where the request itself names the model.</param>
internal readonly record struct ModelAddress(ModelApi Api, string? Deployment)
{
    private const string Deployments = "/deployments/";

    /// <summary>Reads the address of a request. Prefixes differ from service to service and behind gateways, so the end of the path decides.</summary>
    public static ModelAddress Of(PipelineRequest request)
    {
        if (request.Method != "POST" || request.Uri is not { IsAbsoluteUri: true } uri)
        {
            return default;
        }

        var path = uri.AbsolutePath;
        var api = ApiOf(path);
        return api == ModelApi.None ? default : new(api, DeploymentIn(path));
    }

    private static ModelApi ApiOf(string path) => path switch
    {
        _ when path.EndsWith("/chat/completions", StringComparison.Ordinal) => ModelApi.ChatCompletions,
        _ when path.EndsWith("/responses", StringComparison.Ordinal) => ModelApi.Responses,
        _ when path.EndsWith("/embeddings", StringComparison.Ordinal) => ModelApi.Embeddings,
        _ => ModelApi.None,
    };

    private static string? DeploymentIn(string path)
    {
        var start = path.IndexOf(Deployments, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        start += Deployments.Length;
        var end = path.IndexOf('/', start);
        return end > start ? Uri.UnescapeDataString(path[start..end]) : null;
    }
}
