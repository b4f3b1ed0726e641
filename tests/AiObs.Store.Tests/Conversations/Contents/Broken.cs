namespace AiObs.Store.Tests.Conversations.Contents;

/// <summary>A value whose member cannot be read.</summary>
public sealed class Broken
{
#pragma warning disable CA1065, CA1822 // It is there to fail.
    public int Value => throw new NotSupportedException("broken");
#pragma warning restore CA1065, CA1822
}
