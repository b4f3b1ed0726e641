using AiObs.Conversations.Guardrails.Policies;

namespace AiObs.Guardrails;

/// <summary>A topic of a <see cref="TopicGuardrail"/>, told by words, by examples, or by both.</summary>
/// <param name="name">What it is called in reasons, such as <c>legal advice</c>.</param>
/// <exception cref="ArgumentException">The name is empty.</exception>
public sealed class GuardrailTopic(string name)
{
    /// <summary>Gets what it is called.</summary>
    public string Name { get; } = PolicyWords.CheckName(name);

    /// <summary>Gets words and phrases any of which makes a text be about it. They are found as <see cref="KeywordGuardrail"/> finds whole words.</summary>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">A word has nothing that can be seen.</exception>
    public IReadOnlyList<string> Words
    {
        get;
        init => field = PolicyWords.CheckEach(value, nameof(Words));
    } = [];

    /// <summary>Gets texts that are about it; a text whose embedding is near to that of one of them is, too. Five to twenty short ones, as users write, are a good start.</summary>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">One has nothing that can be seen.</exception>
    public IReadOnlyList<string> Examples
    {
        get;
        init => field = PolicyWords.CheckEach(value, nameof(Examples));
    } = [];
}
