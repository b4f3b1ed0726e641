using System.Text;

namespace AiObs.Conversations.Guardrails.Matching;

/// <summary>Makes texts comparable that are written in different ways, and keeps where each character stands.</summary>
internal static class TextNormalizer
{
    /// <summary>Stands where so much is hidden that it is no part of a word. It is neither letter nor space.</summary>
    private const char Break = '\uFFFC';
    private const char Unknown = '\uFFFD';
    private const int BlackFlag = 0x1F3F4;

    /// <summary>Returns a text in a form.</summary>
    /// <param name="text">The text.</param>
    /// <param name="form">The form.</param>
    /// <param name="mostHidden">How many characters may be left out behind one another before they end a word.</param>
    public static MappedText Read(string text, TextForm form, int mostHidden = Reach.MostHidden)
    {
        var reading = new Reading(text, form, mostHidden);
        var index = 0;
        while (index < text.Length)
        {
            index = reading.Take(index);
        }

        return reading.Finish();
    }

    /// <summary>Returns a text alone, folded: for words and phrases that are looked for.</summary>
    public static string Fold(string text) => Read(text, TextForm.Folded, int.MaxValue).Value.Trim();

    private sealed class Reading(string text, TextForm form, int mostHidden)
    {
        private readonly MappedText.Builder _result = new(text.Length);
        private List<(int Start, int Length)>? _hiddenRuns;
        private int _hidden;
        private int _hiddenStart;
        private bool _hasSpace;
        private bool _isBroken;
        private bool _isFlag;

        public MappedText Finish() => _result.Build(_hiddenRuns);

        /// <summary>Takes the character at a place with the marks on it, and returns where the next one stands.</summary>
        public int Take(int index)
        {
            var character = text[index];
            if (char.IsAscii(character) && !char.IsControl(character) && (index + 1 == text.Length || text[index + 1] < '\u0300'))
            {
                Add(form == TextForm.Folded ? char.ToLowerInvariant(character) : character, index, index + 1);
                return index + 1;
            }

            if (!Rune.TryGetRuneAt(text, index, out var rune))
            {
                Show(Unknown, index, index + 1);
                return index + 1;
            }

            var end = index + rune.Utf16SequenceLength;
            if (_isFlag && HiddenCharacters.IsTag(rune.Value))
            {
                Show(Unknown, index, end);
                _isFlag = true;
                return end;
            }

            if (HiddenCharacters.Are(rune))
            {
                Hide(index, end, isSpace: false);
                return end;
            }

            end = EndOfCluster(index, end);
            AddCluster(index, end);
            _isFlag = rune.Value == BlackFlag;
            return end;
        }

        /// <summary>Returns where the marks on a character end, or the parts of a Korean syllable.</summary>
        private int EndOfCluster(int start, int end)
        {
            if (text[start] is >= '\u1100' and <= '\u1112' && end < text.Length && text[end] is >= '\u1161' and <= '\u1175')
            {
                end++;
                return end < text.Length && text[end] is >= '\u11A8' and <= '\u11C2' ? end + 1 : end;
            }

            var marks = end;
            while (marks < text.Length && marks - end < Reach.MostHidden && LookAlikes.IsMark(text[marks]))
            {
                marks++;
            }

            return marks;
        }

        private void AddCluster(int start, int end)
        {
            if (end - start == 1 && IsItself(text[start]))
            {
                Add(text[start], start, end);
                return;
            }

            foreach (var character in text[start..end].Normalize(NormalizationForm.FormKC))
            {
                if (!LookAlikes.IsMark(character))
                {
                    Add(form == TextForm.Folded ? LookAlikes.Fold(character) : character, start, end);
                }
            }

            // Marks count to what is hidden behind a character, whether they made a letter with it or not.
            if (LookAlikes.IsMark(text[end - 1]))
            {
                (_hidden, _hiddenStart) = (text[start..end].Count(LookAlikes.IsMark), end);
            }
        }

        /// <summary>Tells characters that no form changes, which are most of the Chinese, Japanese and Korean ones.</summary>
        private static bool IsItself(char character) => character is (>= '\u3041' and <= '\u3096') or (>= '\u30A1' and <= '\u30FA') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3');

        private void Add(char character, int start, int end)
        {
            if (form == TextForm.Folded && char.IsWhiteSpace(character))
            {
                AddSpace(start, end);
            }
            else
            {
                Show(character, start, end);
            }
        }

        private void AddSpace(int start, int end)
        {
            if (_result.EndsWith(' '))
            {
                Hide(start, end, isSpace: true);
            }
            else
            {
                Show(' ', start, end);
            }
        }

        private void Show(char character, int start, int end)
        {
            _result.Add(character, start, end);
            _hidden = 0;
            (_hasSpace, _isBroken, _isFlag) = (character == ' ', false, false);
        }

        private void Hide(int start, int end, bool isSpace)
        {
            if (_hidden == 0)
            {
                _hiddenStart = start;
            }

            _hidden = Math.Min(_hidden + end - start, int.MaxValue / 2);
            _hasSpace |= isSpace;
            if (_hidden <= mostHidden || _isBroken)
            {
                return;
            }

            if (!_hasSpace)
            {
                (_hiddenRuns ??= []).Add((_hiddenStart, end - _hiddenStart));
            }

            _result.Add(Break, _hiddenStart, end);
            _isBroken = true;
        }
    }
}
