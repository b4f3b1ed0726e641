using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>Finds out which region or data zone served a call. The response beats the request.</summary>
internal static class RegionReader
{
    private static readonly string[] Names = ["region", "data_zone", "inference_geo", "InferenceGeo"];

    /// <summary>Reads the region; <see langword="null"/> when neither says.</summary>
    /// <param name="response">The additional properties of a response, or of the updates that said the most.</param>
    /// <param name="request">The additional properties of the request's options.</param>
    public static string? Read(AdditionalPropertiesDictionary? response, AdditionalPropertiesDictionary? request) =>
        NamedProperty.Find(response, Names) ?? NamedProperty.Find(request, Names);
}
