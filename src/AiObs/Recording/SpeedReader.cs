using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>Finds out at which speed a call was served, where a provider takes more for a faster one. The response beats the request.</summary>
internal static class SpeedReader
{
    private static readonly string[] Names = ["speed", "Speed"];

    /// <summary>Reads the speed; <see langword="null"/> when neither says.</summary>
    /// <param name="response">The additional properties of a response, or of the updates that said the most.</param>
    /// <param name="request">The additional properties of the request's options.</param>
    public static string? Read(AdditionalPropertiesDictionary? response, AdditionalPropertiesDictionary? request) =>
        NamedProperty.Find(response, Names) ?? NamedProperty.Find(request, Names);
}
