namespace AiObs.Operations;

/// <summary>Reads what a call used from the provider's own object, <c>RawRepresentation</c>, where an adapter leaves something of it out.</summary>
/// <remarks>The objects of the OpenAI SDK, with package <c>AiObs.OpenAI</c>, and of the Anthropic SDK are read without one.</remarks>
public interface IUsageReader
{
    /// <summary>Reads an object.</summary>
    /// <param name="raw">The object of a response, or of an update of a stream that has no content or brings usage.</param>
    /// <param name="usage">What was read so far of the same answer; what is set here takes the place of it.</param>
    /// <returns>Whether the object is one that this reader knows.</returns>
    /// <remarks>Must be thread-safe and quick: it runs on the caller's thread. What it throws counts as <c>usage_reader</c> in <c>aiobs.faults</c>, and it is not asked again for objects of that type.</remarks>
    bool TryRead(object raw, ref ReportedUsage usage);
}
