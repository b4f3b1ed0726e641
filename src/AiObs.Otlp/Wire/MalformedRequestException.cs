namespace AiObs.Otlp.Wire;

/// <summary>A body is not what its content type says.</summary>
/// <param name="message">What is wrong with it, without quoting it.</param>
internal sealed class MalformedRequestException(string message) : Exception(message);
