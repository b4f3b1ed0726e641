--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: aiobs_refuse(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.aiobs_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
END
$$;


--
-- Name: aiobs_refuse_delete_above_checkpoint(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.aiobs_refuse_delete_above_checkpoint() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.sequence > coalesce((SELECT max(sequence) FROM aiobs_event_checkpoints WHERE writer = OLD.writer), 0) THEN
        RAISE EXCEPTION 'aiobs_events is append-only above the last checkpoint'
            USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END
$$;


--
-- Name: aiobs_refuse_delete_of_content(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.aiobs_refuse_delete_of_content() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM aiobs_events WHERE position = OLD.position) THEN
        RAISE EXCEPTION 'content goes with its event' USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: aiobs_cost_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.aiobs_cost_tags (
    tag text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL
);


--
-- Name: aiobs_costs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.aiobs_costs (
    "position" bigint NOT NULL,
    call_key bytea NOT NULL,
    id uuid NOT NULL,
    ticks bigint NOT NULL,
    conversation_id text COLLATE pg_catalog."C",
    user_id text COLLATE pg_catalog."C",
    session_id text COLLATE pg_catalog."C",
    provider text COLLATE pg_catalog."C",
    model text COLLATE pg_catalog."C",
    is_correction integer NOT NULL,
    completeness text NOT NULL,
    corrected_completeness text,
    total numeric,
    input_tokens bigint,
    output_tokens bigint,
    record text NOT NULL
);


--
-- Name: aiobs_costs_position_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.aiobs_costs ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.aiobs_costs_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: aiobs_event_checkpoints; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.aiobs_event_checkpoints (
    writer text NOT NULL COLLATE pg_catalog."C",
    sequence bigint NOT NULL,
    hash bytea NOT NULL,
    seal bytea NOT NULL
);


--
-- Name: aiobs_event_contents; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.aiobs_event_contents (
    "position" bigint NOT NULL,
    content text,
    salt bytea,
    erased_by uuid
);


--
-- Name: aiobs_event_writers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.aiobs_event_writers (
    ordinal bigint NOT NULL,
    writer text NOT NULL COLLATE pg_catalog."C",
    opened_ticks bigint NOT NULL,
    is_keyed integer NOT NULL,
    predecessor_writer text,
    predecessor_sequence bigint,
    predecessor_hash bytea,
    sequence bigint NOT NULL,
    hash bytea NOT NULL,
    seal bytea NOT NULL
);


--
-- Name: aiobs_event_writers_ordinal_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.aiobs_event_writers ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.aiobs_event_writers_ordinal_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: aiobs_events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.aiobs_events (
    "position" bigint NOT NULL,
    id uuid NOT NULL,
    writer text NOT NULL COLLATE pg_catalog."C",
    sequence bigint NOT NULL,
    ticks bigint NOT NULL,
    type text NOT NULL COLLATE pg_catalog."C",
    conversation_id text COLLATE pg_catalog."C",
    user_id text COLLATE pg_catalog."C",
    session_id text COLLATE pg_catalog."C",
    trace_id text COLLATE pg_catalog."C",
    span_id text COLLATE pg_catalog."C",
    data text NOT NULL,
    commitment bytea,
    hash bytea NOT NULL
);


--
-- Name: aiobs_events_position_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.aiobs_events ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.aiobs_events_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: aiobs_schema; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.aiobs_schema (
    version integer NOT NULL,
    applied_ticks bigint NOT NULL
);


--
-- Data for Name: aiobs_cost_tags; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.aiobs_cost_tags VALUES ('even', 1);
INSERT INTO public.aiobs_cost_tags VALUES ('odd', 2);
INSERT INTO public.aiobs_cost_tags VALUES ('even', 3);
INSERT INTO public.aiobs_cost_tags VALUES ('odd', 4);
INSERT INTO public.aiobs_cost_tags VALUES ('even', 5);
INSERT INTO public.aiobs_cost_tags VALUES ('odd', 6);


--
-- Data for Name: aiobs_costs; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.aiobs_costs OVERRIDING SYSTEM VALUE VALUES (1, '\xd8701fe7e464cb4eb71e5ec91a77c02c35fabf186387ca5fd03c9974ef8155f9', '00000000-0000-0000-0000-000000000001', 639054576000000000, 'conversation', NULL, NULL, NULL, NULL, 0, 'Exact', NULL, 0.25, 100, 10, '{"id":"00000000-0000-0000-0000-000000000001","call_id":"call-0","time":"2026-01-31T12:00:00+00:00","operation":"Chat","conversation_id":"conversation","tags":["even"],"currency":"USD","total":0.25,"receipt":{"usage":{"input_tokens":100,"output_tokens":10},"lines":[],"source":"None","completeness":"Exact","usage_completeness":"Exact","factors":[],"input":0.25,"output":0,"total":0.25}}');
INSERT INTO public.aiobs_costs OVERRIDING SYSTEM VALUE VALUES (2, '\xecc21770dc7e4aae9c1f25ed44fee37510bf6f4e9a66e9a0140aca1e69c70d41', '00000001-0000-0000-0000-000000000001', 639054576600000000, 'conversation', NULL, NULL, NULL, NULL, 0, 'Exact', NULL, 0.25, 100, 10, '{"id":"00000001-0000-0000-0000-000000000001","call_id":"call-1","time":"2026-01-31T12:01:00+00:00","operation":"Chat","conversation_id":"conversation","tags":["odd"],"currency":"USD","total":0.25,"receipt":{"usage":{"input_tokens":100,"output_tokens":10},"lines":[],"source":"None","completeness":"Exact","usage_completeness":"Exact","factors":[],"input":0.25,"output":0,"total":0.25}}');
INSERT INTO public.aiobs_costs OVERRIDING SYSTEM VALUE VALUES (3, '\xc9e21f3e3fa958eaf4eea98482d6b534e368137a06e62ca24daf886406a0c64c', '00000002-0000-0000-0000-000000000001', 639054577200000000, 'conversation', NULL, NULL, NULL, NULL, 0, 'Exact', NULL, 0.25, 100, 10, '{"id":"00000002-0000-0000-0000-000000000001","call_id":"call-2","time":"2026-01-31T12:02:00+00:00","operation":"Chat","conversation_id":"conversation","tags":["even"],"currency":"USD","total":0.25,"receipt":{"usage":{"input_tokens":100,"output_tokens":10},"lines":[],"source":"None","completeness":"Exact","usage_completeness":"Exact","factors":[],"input":0.25,"output":0,"total":0.25}}');
INSERT INTO public.aiobs_costs OVERRIDING SYSTEM VALUE VALUES (4, '\x57eaba69adda8766df64518ed8bcc23b8f45e9e52609bb909da19c015f5d3cae', '00000003-0000-0000-0000-000000000001', 639054577800000000, NULL, NULL, NULL, NULL, NULL, 0, 'Exact', NULL, 0.25, 100, 10, '{"id":"00000003-0000-0000-0000-000000000001","call_id":"call-3","time":"2026-01-31T12:03:00+00:00","operation":"Chat","tags":["odd"],"currency":"USD","total":0.25,"receipt":{"usage":{"input_tokens":100,"output_tokens":10},"lines":[],"source":"None","completeness":"Exact","usage_completeness":"Exact","factors":[],"input":0.25,"output":0,"total":0.25}}');
INSERT INTO public.aiobs_costs OVERRIDING SYSTEM VALUE VALUES (5, '\x505f4dcc2e6eccdf1b0a0e98950d0229e35b783619feadcba8ee5e46a9b44d10', '00000004-0000-0000-0000-000000000001', 639054578400000000, NULL, NULL, NULL, NULL, NULL, 0, 'Exact', NULL, 0.25, 100, 10, '{"id":"00000004-0000-0000-0000-000000000001","call_id":"call-4","time":"2026-01-31T12:04:00+00:00","operation":"Chat","tags":["even"],"currency":"USD","total":0.25,"receipt":{"usage":{"input_tokens":100,"output_tokens":10},"lines":[],"source":"None","completeness":"Exact","usage_completeness":"Exact","factors":[],"input":0.25,"output":0,"total":0.25}}');
INSERT INTO public.aiobs_costs OVERRIDING SYSTEM VALUE VALUES (6, '\x9b4c19aba7af0f752e53a8d152e1dc78df323fdd1e50388ef51261aa8da7e70b', '00000005-0000-0000-0000-000000000001', 639054579000000000, NULL, NULL, NULL, NULL, NULL, 0, 'Unpriced', NULL, NULL, 100, 10, '{"id":"00000005-0000-0000-0000-000000000001","call_id":"call-5","time":"2026-01-31T12:05:00+00:00","operation":"Chat","tags":["odd"],"currency":"USD","receipt":{"usage":{"input_tokens":100,"output_tokens":10},"lines":[],"source":"None","completeness":"Unpriced","usage_completeness":"Exact","factors":[]}}');
INSERT INTO public.aiobs_costs OVERRIDING SYSTEM VALUE VALUES (7, '\x5eda2d6d8e104b6eeb1d3f87b4f66c31c83ca2380e618f1c44815278e1065cb7', '00000064-0000-0000-0000-000000000001', 639054576600000000, NULL, NULL, NULL, NULL, NULL, 1, 'Exact', 'Exact', 0.05, NULL, NULL, '{"id":"00000064-0000-0000-0000-000000000001","call_id":"call-1","time":"2026-01-31T12:01:00+00:00","operation":"Chat","tags":[],"currency":"USD","total":0.05,"receipt":{"usage":{"input_tokens":100,"output_tokens":10},"lines":[],"source":"None","completeness":"Exact","usage_completeness":"Exact","factors":[],"input":0.30,"output":0,"total":0.30},"corrects":"00000001-0000-0000-0000-000000000001","corrected_completeness":"Exact"}');


--
-- Data for Name: aiobs_event_checkpoints; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.aiobs_event_checkpoints VALUES ('55ed38a3c1514d258f0a8537d0f81b24', 4, '\x32ba061063cece1864d602ab06d0108eb0f1b8e1c3e864e058c38df6350a5522', '\x387e1ae7e7c702257688aacd3c5900f78e628f18a28e7773954efb286ec94c24');


--
-- Data for Name: aiobs_event_contents; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.aiobs_event_contents VALUES (10, '"said 9"', '\x37cd31bcecde84421f967ca84aa4ff9ad806200f01b69b3f67a791fe88f6cccc', NULL);
INSERT INTO public.aiobs_event_contents VALUES (11, '"said 10"', '\xdc50ec50db1c9b58ab1dc394192351c3f25e429ed0c8405ade8f3fadb3f4a855', NULL);
INSERT INTO public.aiobs_event_contents VALUES (12, '"said 11"', '\xf2303706d1f905d8dc907d3554c073f29e311bd7e808bdacb90941338c562e69', NULL);
INSERT INTO public.aiobs_event_contents VALUES (13, '"said 12"', '\x0517e1c1588648901a7b22e23f5c96970e93dd2a1ecae6c679d8925bac6cc8b9', NULL);
INSERT INTO public.aiobs_event_contents VALUES (7, NULL, NULL, '01a2292e-6f72-7a11-8384-fa68e4e07c3d');
INSERT INTO public.aiobs_event_contents VALUES (8, NULL, NULL, '01a2292e-6f72-7a11-8384-fa68e4e07c3d');
INSERT INTO public.aiobs_event_contents VALUES (9, NULL, NULL, '01a2292e-6f72-7a11-8384-fa68e4e07c3d');
INSERT INTO public.aiobs_event_contents VALUES (16, '"said 13"', '\xf7c8688d36415917e6b63db2eecd54b6288ceaad867e7a79490ce3975824faad', NULL);
INSERT INTO public.aiobs_event_contents VALUES (17, '"said 14"', '\x346b814febec4f8e547f304d78b12ba1d9bf9099f394fac5c1d1e96292521b5e', NULL);
INSERT INTO public.aiobs_event_contents VALUES (18, '"said 15"', '\x9cafb93f5eb3f35163be10837f96dc7b966b0a0f12b8535849617a4c6cf59bab', NULL);
INSERT INTO public.aiobs_event_contents VALUES (19, '"said 16"', '\x04a56b1d7dd0d55b2768c9c7a88cfbfe9858e10b605fc546478240d26bf001a7', NULL);
INSERT INTO public.aiobs_event_contents VALUES (20, '"said 17"', '\xf7a166e5cd7c2f3ec5ecf79401bef6b0e68e1320bea7ff51d0106002a742d127', NULL);


--
-- Data for Name: aiobs_event_writers; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.aiobs_event_writers OVERRIDING SYSTEM VALUE VALUES (1, '55ed38a3c1514d258f0a8537d0f81b24', 639315840386703321, 0, NULL, NULL, NULL, 15, '\xdc437f8d100ab611cab8a12fa32d476f3c6865b1b83bd6b79f63cd33483340a2', '\x2e4bbf464e01eb85be2fedf7c79bcafc228323a8514c248cfe3a9af7f3fecfd1');
INSERT INTO public.aiobs_event_writers OVERRIDING SYSTEM VALUE VALUES (2, '471d0bc3b1af4a77bd6203693b4923a8', 639315840389296040, 0, '55ed38a3c1514d258f0a8537d0f81b24', 15, '\xdc437f8d100ab611cab8a12fa32d476f3c6865b1b83bd6b79f63cd33483340a2', 11, '\xbe48d88742023f3240b4dafacccadcddb316c9a4d6292c95bfaf4f17f321edbb', '\x753fd9ea8193b65abff48ca9ca47cc6d179dd58b02fe8ae02341dabc54b9a187');


--
-- Data for Name: aiobs_events; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (5, '00000004-0000-0000-0000-000000000002', '55ed38a3c1514d258f0a8537d0f81b24', 5, 639054576040000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":4}', NULL, '\x74544ed6d487c3e27e11c873f138688cf7546af894883494f7a17843bd3194c1');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (6, '00000005-0000-0000-0000-000000000002', '55ed38a3c1514d258f0a8537d0f81b24', 6, 639054576050000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":5}', NULL, '\x3dcfec8f46d4ae8c9b933e36954dd7f9627bb1dc65ba4036d4f4f0835f69b29b');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (7, '00000006-0000-0000-0000-000000000002', '55ed38a3c1514d258f0a8537d0f81b24', 7, 639054576060000000, 'sample', 'conversation', 'user', 'session', '0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331', '{"number":6}', '\xdb35dde3062610f773f18add94d2749aedce053944f840ab437ab5434b6b0126', '\x6dc6a46ab4760aa335f3ce62034afb66ab90ec4e7751155b3a8e7e4ecc945cfa');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (8, '00000007-0000-0000-0000-000000000002', '55ed38a3c1514d258f0a8537d0f81b24', 8, 639054576070000000, 'sample', 'conversation', 'user', 'session', '0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331', '{"number":7}', '\xbd3b62c63f3e3f4665a16cc3ec699fa871d8d9a2f9f8de70eec67bb5b3fc8a58', '\x476e887aeaf2a8f83760871538c4fad9ebcde50592543b601487a49b76661b55');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (9, '00000008-0000-0000-0000-000000000002', '55ed38a3c1514d258f0a8537d0f81b24', 9, 639054576080000000, 'sample', 'conversation', 'user', 'session', '0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331', '{"number":8}', '\x0246a92b8a730245665bd3eca2d932b85b9a312c307bf243254fa621652c5d3d', '\xdde77d5a3dc0346f36b937bf4b9aa4e74fbdf2c42cac813bbdd94e3d3b338094');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (10, '00000009-0000-0000-0000-000000000002', '55ed38a3c1514d258f0a8537d0f81b24', 10, 639054576090000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":9}', '\x2bf01a2552989623e29ae2af0e900b7c932a7c4fe7b673ce0237a869c967b269', '\x2b0fecbb82206d6f484bdde60912495d17755f002036c409958ba3caab1cf2ef');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (11, '0000000a-0000-0000-0000-000000000002', '55ed38a3c1514d258f0a8537d0f81b24', 11, 639054576100000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":10}', '\x95d0e162ed651dab0b872422d751c1feef6e77ddc5641093edc8752ba386491f', '\x45daed84c5653a4a49cfdc625d7ac560b6bf739b3bab5829c6831b57a067bc52');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (12, '0000000b-0000-0000-0000-000000000002', '55ed38a3c1514d258f0a8537d0f81b24', 12, 639054576110000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":11}', '\x4abafb36228245950b629a3bf36a43d7f823c2c8959ff9f3302d7d9e83ecdd4e', '\x8de57a83cdebe5fde582ff6ed6ea409cbbbf7e6744c2d4dfea91ed13a883a591');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (13, '0000000c-0000-0000-0000-000000000002', '55ed38a3c1514d258f0a8537d0f81b24', 13, 639054576120000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":12}', '\x417a140e88bd1f416459542f36301b6e0fa8c1f1d3bfb54aced2ba8c03e9ae5e', '\x7077bd89865f6a8feaf7e7d47b4e4ab08483335905c835f51588e62c99caa013');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (14, '01a2292e-6f72-7a11-8384-fa68e4e07c3d', '55ed38a3c1514d258f0a8537d0f81b24', 14, 639315840387702716, 'content_erased', NULL, NULL, NULL, NULL, NULL, '{"count":3,"reason":"asked for","filter":{"conversation_id":"conversation"}}', NULL, '\x83fed89104a4c35814a795d020c58b5a4bdcef6afa5259281fd546433290dded');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (15, '01a2292e-6f7c-7694-acab-ddd56994add5', '55ed38a3c1514d258f0a8537d0f81b24', 15, 639315840387809356, 'retention_applied', NULL, NULL, NULL, NULL, NULL, '{"count":4,"max_events":11}', NULL, '\xdc437f8d100ab611cab8a12fa32d476f3c6865b1b83bd6b79f63cd33483340a2');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (16, '0000000d-0000-0000-0000-000000000002', '471d0bc3b1af4a77bd6203693b4923a8', 1, 639054576130000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":13}', '\x7013190b129f0f9afbaee6a0a9a21a79d004d8382c7623054efc0047437eca51', '\x1da1143b9664133775c115b7dc251019ca700c328e0f38b53ab399ece791819c');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (17, '0000000e-0000-0000-0000-000000000002', '471d0bc3b1af4a77bd6203693b4923a8', 2, 639054576140000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":14}', '\xdc1b544519b1cbc357a5331cb49565842af55dd6c44d62d06115b4c019b4940d', '\x5b4307c6fef400eec56a536ab6e7b9c7d89dea6e96e60eb7ba1f70431712df88');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (18, '0000000f-0000-0000-0000-000000000002', '471d0bc3b1af4a77bd6203693b4923a8', 3, 639054576150000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":15}', '\x15a363a56196060656428c8867c0ae17213853f0d31f1aa8fa3dc24fb6de13a3', '\x307ad33b803b5475dfbd22ae61a518cad85165038b1e6a34f141a7ce45d6a3ec');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (19, '00000010-0000-0000-0000-000000000002', '471d0bc3b1af4a77bd6203693b4923a8', 4, 639054576160000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":16}', '\x9f8355ed0560da02d166851cc2bdf432edafb24b1a5cafd6b5295884dc2fbfb1', '\xd88c30d4813805708924062c6e76dc77b18126fcdb9730e64980dac37bf3eb7c');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (20, '00000011-0000-0000-0000-000000000002', '471d0bc3b1af4a77bd6203693b4923a8', 5, 639054576170000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":17}', '\x0e34450cee9561f75afdb29c5c0dcc40c71147e8f99656ddd296da8596e4d013', '\xedc3b9435017d14f884643e126edac97e6442a07d4cbe57881ca98d7cf8a9619');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (21, '00000012-0000-0000-0000-000000000002', '471d0bc3b1af4a77bd6203693b4923a8', 6, 639054576180000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":18}', NULL, '\xa6e44306a3a8df9b6f5c48ca4cfc6a7fa0591028e4491775a806abcb23a859b7');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (22, '00000013-0000-0000-0000-000000000002', '471d0bc3b1af4a77bd6203693b4923a8', 7, 639054576190000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":19}', NULL, '\xe3fb55c0fc1a9bd805ca3afd02ed7a814b9db7f3c4567578a5aa61513e09aedf');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (23, '00000014-0000-0000-0000-000000000002', '471d0bc3b1af4a77bd6203693b4923a8', 8, 639054576200000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":20}', NULL, '\x8d253152cb16a6db201cab254ba6ee68badfe6da0471211b9c7c5b8e82d44395');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (24, '00000015-0000-0000-0000-000000000002', '471d0bc3b1af4a77bd6203693b4923a8', 9, 639054576210000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":21}', NULL, '\x74940e01cec17987132f7705152aff9fbbad6a14467c5f5649087b76769696ec');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (25, '00000016-0000-0000-0000-000000000002', '471d0bc3b1af4a77bd6203693b4923a8', 10, 639054576220000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":22}', NULL, '\x9faad0e11c2166ea27c4a777a8052171190924ebcd0df9e7ead9dbde1dec6fdf');
INSERT INTO public.aiobs_events OVERRIDING SYSTEM VALUE VALUES (26, '00000017-0000-0000-0000-000000000002', '471d0bc3b1af4a77bd6203693b4923a8', 11, 639054576230000000, 'sample', NULL, NULL, NULL, NULL, NULL, '{"number":23}', NULL, '\xbe48d88742023f3240b4dafacccadcddb316c9a4d6292c95bfaf4f17f321edbb');


--
-- Data for Name: aiobs_schema; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.aiobs_schema VALUES (1, 639315840386243451);
INSERT INTO public.aiobs_schema VALUES (2, 639315840386539184);


--
-- Name: aiobs_costs_position_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.aiobs_costs_position_seq', 7, true);


--
-- Name: aiobs_event_writers_ordinal_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.aiobs_event_writers_ordinal_seq', 2, true);


--
-- Name: aiobs_events_position_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.aiobs_events_position_seq', 26, true);


--
-- Name: aiobs_cost_tags aiobs_cost_tags_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_cost_tags
    ADD CONSTRAINT aiobs_cost_tags_pkey PRIMARY KEY (tag, "position");


--
-- Name: aiobs_costs aiobs_costs_call_key_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_costs
    ADD CONSTRAINT aiobs_costs_call_key_key UNIQUE (call_key);


--
-- Name: aiobs_costs aiobs_costs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_costs
    ADD CONSTRAINT aiobs_costs_pkey PRIMARY KEY ("position");


--
-- Name: aiobs_event_checkpoints aiobs_event_checkpoints_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_event_checkpoints
    ADD CONSTRAINT aiobs_event_checkpoints_pkey PRIMARY KEY (writer, sequence);


--
-- Name: aiobs_event_contents aiobs_event_contents_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_event_contents
    ADD CONSTRAINT aiobs_event_contents_pkey PRIMARY KEY ("position");


--
-- Name: aiobs_event_writers aiobs_event_writers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_event_writers
    ADD CONSTRAINT aiobs_event_writers_pkey PRIMARY KEY (ordinal);


--
-- Name: aiobs_event_writers aiobs_event_writers_writer_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_event_writers
    ADD CONSTRAINT aiobs_event_writers_writer_key UNIQUE (writer);


--
-- Name: aiobs_events aiobs_events_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_events
    ADD CONSTRAINT aiobs_events_id_key UNIQUE (id);


--
-- Name: aiobs_events aiobs_events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_events
    ADD CONSTRAINT aiobs_events_pkey PRIMARY KEY ("position");


--
-- Name: aiobs_events aiobs_events_writer_sequence_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_events
    ADD CONSTRAINT aiobs_events_writer_sequence_key UNIQUE (writer, sequence);


--
-- Name: aiobs_schema aiobs_schema_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aiobs_schema
    ADD CONSTRAINT aiobs_schema_pkey PRIMARY KEY (version);


--
-- Name: aiobs_cost_tags_position; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_cost_tags_position ON public.aiobs_cost_tags USING btree ("position");


--
-- Name: aiobs_costs_conversation; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_costs_conversation ON public.aiobs_costs USING btree (conversation_id, ticks, id) WHERE (conversation_id IS NOT NULL);


--
-- Name: aiobs_costs_session; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_costs_session ON public.aiobs_costs USING btree (session_id, ticks, id) WHERE (session_id IS NOT NULL);


--
-- Name: aiobs_costs_time; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_costs_time ON public.aiobs_costs USING btree (ticks, id);


--
-- Name: aiobs_costs_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_costs_user ON public.aiobs_costs USING btree (user_id, ticks, id) WHERE (user_id IS NOT NULL);


--
-- Name: aiobs_events_conversation; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_events_conversation ON public.aiobs_events USING btree (conversation_id, "position") WHERE (conversation_id IS NOT NULL);


--
-- Name: aiobs_events_session; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_events_session ON public.aiobs_events USING btree (session_id, "position") WHERE (session_id IS NOT NULL);


--
-- Name: aiobs_events_time; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_events_time ON public.aiobs_events USING btree (ticks, "position");


--
-- Name: aiobs_events_trace; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_events_trace ON public.aiobs_events USING btree (trace_id, "position") WHERE (trace_id IS NOT NULL);


--
-- Name: aiobs_events_type; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_events_type ON public.aiobs_events USING btree (type, "position");


--
-- Name: aiobs_events_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aiobs_events_user ON public.aiobs_events USING btree (user_id, "position") WHERE (user_id IS NOT NULL);


--
-- Name: aiobs_costs aiobs_costs_refuse_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_costs_refuse_update BEFORE UPDATE OR TRUNCATE ON public.aiobs_costs FOR EACH STATEMENT EXECUTE FUNCTION public.aiobs_refuse('aiobs_costs is append-only; record a correction');


--
-- Name: aiobs_event_checkpoints aiobs_event_checkpoints_refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_event_checkpoints_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.aiobs_event_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION public.aiobs_refuse('checkpoints stay');


--
-- Name: aiobs_event_contents aiobs_event_contents_refuse_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_event_contents_refuse_delete BEFORE DELETE ON public.aiobs_event_contents FOR EACH ROW EXECUTE FUNCTION public.aiobs_refuse_delete_of_content();


--
-- Name: aiobs_event_contents aiobs_event_contents_refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_event_contents_refuse_truncate BEFORE TRUNCATE ON public.aiobs_event_contents FOR EACH STATEMENT EXECUTE FUNCTION public.aiobs_refuse('content goes with its event');


--
-- Name: aiobs_event_contents aiobs_event_contents_refuse_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_event_contents_refuse_update BEFORE UPDATE ON public.aiobs_event_contents FOR EACH ROW WHEN (((new."position" <> old."position") OR (old.erased_by IS NOT NULL) OR (new.content IS NOT NULL) OR (new.salt IS NOT NULL) OR (new.erased_by IS NULL))) EXECUTE FUNCTION public.aiobs_refuse('content can be erased, and nothing else');


--
-- Name: aiobs_event_writers aiobs_event_writers_refuse_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_event_writers_refuse_delete BEFORE DELETE OR TRUNCATE ON public.aiobs_event_writers FOR EACH STATEMENT EXECUTE FUNCTION public.aiobs_refuse('writers stay');


--
-- Name: aiobs_event_writers aiobs_event_writers_refuse_return; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_event_writers_refuse_return BEFORE UPDATE ON public.aiobs_event_writers FOR EACH ROW WHEN (((new.writer <> old.writer) OR (new.sequence <= old.sequence))) EXECUTE FUNCTION public.aiobs_refuse('writers only go on');


--
-- Name: aiobs_events aiobs_events_refuse_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_events_refuse_delete BEFORE DELETE ON public.aiobs_events FOR EACH ROW EXECUTE FUNCTION public.aiobs_refuse_delete_above_checkpoint();


--
-- Name: aiobs_events aiobs_events_refuse_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER aiobs_events_refuse_update BEFORE UPDATE OR TRUNCATE ON public.aiobs_events FOR EACH STATEMENT EXECUTE FUNCTION public.aiobs_refuse('aiobs_events is append-only');


--
-- PostgreSQL database dump complete
--


