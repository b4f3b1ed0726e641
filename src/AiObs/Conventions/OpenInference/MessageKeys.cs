using System.Globalization;

namespace AiObs.Conventions.OpenInference;

/// <summary>The flattened keys of one list of messages.</summary>
internal sealed class MessageKeys(string prefix)
{
    private const int MessageCapacity = 1_024;
    private const int NestedCapacity = 64;

    private readonly PartKeys?[] _parts = new PartKeys?[NestedCapacity];

    public IndexedKeys Role { get; } = new(prefix, OpenInferenceAttributes.MessageRole, MessageCapacity);

    public IndexedKeys Name { get; } = new(prefix, OpenInferenceAttributes.MessageName, MessageCapacity);

    public IndexedKeys Content { get; } = new(prefix, OpenInferenceAttributes.MessageContent, MessageCapacity);

    public IndexedKeys ToolCallId { get; } = new(prefix, OpenInferenceAttributes.MessageToolCallId, MessageCapacity);

    /// <summary>Returns the keys of the parts of one message.</summary>
    public PartKeys Parts(int index) => index >= NestedCapacity
        ? new PartKeys(Prefix(index))
        : _parts[index] ??= new PartKeys(Prefix(index));

    private string Prefix(int index) => string.Create(CultureInfo.InvariantCulture, $"{prefix}.{index}");
}
