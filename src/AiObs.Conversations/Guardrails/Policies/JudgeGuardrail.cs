using AiObs.Conversations.Guardrails.Policies;
using Microsoft.Extensions.AI;

namespace AiObs.Guardrails;

/// <summary>Asks a model a question about what is said, and finds what it answers with yes.</summary>
/// <remarks>
/// What is said goes to the model as data in a user message; use a model that may see it. The call goes through the client that is given, tagged <c>aiobs.purpose=guardrail</c>: give it an observed client, and it has a span
/// and a cost record of its own. An answer that is no JSON with a score, such as prose, is a failure of the guardrail, as is a text that is too long. The same texts are asked about once, also where several ask at the same time.
/// A model can be talked into anything: a judge is one rule among others.
/// </remarks>
public sealed class JudgeGuardrail : IGuardrail
{
    private const int DefaultCapacity = 1_000;

    private readonly Judge _judge;
    private SharedAnswers<JudgeAnswer> _answers = new(DefaultCapacity);

    /// <summary>Initializes a new instance of the <see cref="JudgeGuardrail"/> class.</summary>
    /// <param name="client">The client whose model answers; a small model will do.</param>
    /// <param name="question">A question about a text that can be answered with yes or no, such as <c>Does this give medical advice?</c></param>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">The question is empty.</exception>
    public JudgeGuardrail(IChatClient client, string question)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrWhiteSpace(question);
        _judge = new(client, question);
    }

    /// <summary>Gets from which score on it finds something, where 0 is certainly no and 1 certainly yes.</summary>
    /// <value>The default is 0.5. Must be greater than 0 and at most 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside of that range.</exception>
    public double Threshold
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, nameof(Threshold));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1, nameof(Threshold));
            field = value;
        }
    } = 0.5;

    /// <summary>Gets a value indicating whether it finds what is answered with no instead, for a question such as <c>Is this about our products?</c></summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool FindsNo { get; init; }

    /// <summary>Gets a value indicating whether the model is asked for a reason, which then stands in findings and events. It may quote what was said.</summary>
    /// <value>The default is <see langword="false"/>: the reason is the question.</value>
    public bool ShowsReason { get; init; }

    /// <summary>Gets how many answers are kept in memory, under a hash of what was said.</summary>
    /// <value>The default is 1,000. From 0, which keeps none, to 1,000,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside of that range.</exception>
    public int CacheCapacity
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(CacheCapacity));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1_000_000, nameof(CacheCapacity));
            (field, _answers) = (value, new(value));
        }
    } = DefaultCapacity;

    /// <summary>Gets how many characters the texts of one check may have together. More are a failure: a judge that sees a part would miss the rest.</summary>
    /// <value>The default is 20,000. Must be at least 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int LongestText
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(LongestText));
            field = value;
        }
    } = 20_000;

    /// <summary>Gets how many tokens the model may write; models that think before they answer need more.</summary>
    /// <value>The default is <see langword="null"/>: as many as the model does. Must be at least 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? MaxOutputTokens
    {
        get;
        init
        {
            if (value is { } tokens)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1, nameof(MaxOutputTokens));
            }

            field = value;
        }
    }

    /// <summary>Gets the name in findings, events, spans and metrics; give each guardrail of its kind one of its own to tell them apart.</summary>
    /// <value>The default is <c>judge</c>.</value>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Name
    {
        get;
        init => field = PolicyWords.CheckName(value);
    } = "judge";

    /// <inheritdoc/>
    public GuardrailStages Stages => GuardrailStages.All;

    /// <inheritdoc/>
    public async ValueTask<GuardrailVerdict> CheckAsync(GuardrailRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        string[] texts = [.. request.Texts.Select(static text => text.Value).Where(static text => !string.IsNullOrWhiteSpace(text))];
        if (texts.Length == 0)
        {
            return GuardrailVerdict.Pass;
        }

        var length = texts.Sum(static text => (long)text.Length);
        if (length > LongestText)
        {
            throw new InvalidOperationException($"The texts have {length} characters, and the judge is given at most {LongestText}.");
        }

        var prompt = Judge.PromptOf(texts);
        var answer = await _answers.GetAsync(ContentHash.Of(prompt), token => _judge.AskAsync(prompt, ShowsReason, MaxOutputTokens, token), cancellationToken).ConfigureAwait(false);
        var score = FindsNo ? 1 - answer.Score : answer.Score;
        return score < Threshold ? GuardrailVerdict.Pass
            : GuardrailVerdict.Fail(answer.Reason is { } reason ? $"{Judge.Describe(_judge.Question, FindsNo)} {reason}" : Judge.Describe(_judge.Question, FindsNo), score);
    }
}
